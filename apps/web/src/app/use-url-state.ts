import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';

/**
 * Search, filters and sort in the address, so that a list can be bookmarked, shared and gone
 * back to. A value equal to its default is left out of it; the defaults of the first call hold.
 */
export function useUrlState<State extends Record<string, string>>(
  initial: State,
): [State, (change: Partial<State>) => void] {
  const [defaults] = useState(initial);
  const [parameters, setParameters] = useSearchParams();
  const state = useMemo(() => {
    const entries = Object.entries(defaults).map(([name, usual]) => [
      name,
      parameters.get(name) ?? usual,
    ]);
    return Object.fromEntries(entries) as State;
  }, [defaults, parameters]);
  const change = useCallback(
    (changes: Partial<State>) => {
      setParameters((before) => withChanges(before, changes, defaults), { replace: true });
    },
    [setParameters, defaults],
  );
  return [state, change];
}

function withChanges(
  before: URLSearchParams,
  changes: Partial<Record<string, string>>,
  defaults: Record<string, string>,
): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === defaults[name]) after.delete(name);
    else after.set(name, value);
  }
  return after;
}

/** A list of choices kept as one value of the address. */
export function splitChoices(value: string): string[] {
  return value === '' ? [] : value.split(',');
}

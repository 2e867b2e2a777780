import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/**
 * Search, filters and sort in the address, so that a list can be bookmarked, shared and gone
 * back to. A value equal to its default is left out of it.
 */
export function useUrlState<State extends Record<string, string>>(
  defaults: State,
): [State, (change: Partial<State>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const names = Object.keys(defaults);
  const values = names.map((name) => parameters.get(name) ?? defaults[name] ?? '');
  const state = useMemo(
    () => Object.fromEntries(names.map((name, index) => [name, values[index]])) as State,
    [values.join('\n')],
  );
  const change = useCallback(
    (changes: Partial<State>) => {
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined || value === defaults[name]) after.delete(name);
            else after.set(name, String(value));
          }
          return after;
        },
        { replace: true },
      );
    },
    [setParameters],
  );
  return [state, change];
}

/** A list of choices kept as one value of the address. */
export function splitChoices(value: string): string[] {
  return value === '' ? [] : value.split(',');
}

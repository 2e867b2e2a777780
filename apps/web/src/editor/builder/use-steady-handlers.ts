import { useState } from 'react';
import { useLatest } from '../use-latest.ts';

type Handler = (...given: never[]) => unknown;

/**
 * Handlers that stay the same functions and do what was said last. The canvas tells all its blocks
 * of each one that changes, which in every frame of dragging would be most of the work.
 */
export function useSteadyHandlers<All extends Record<string, Handler>>(handlers: All): All {
  const latest = useLatest(handlers);
  const [steady] = useState(() => {
    const calls = Object.keys(handlers).map((name) => [
      name,
      (...given: never[]) => latest.current[name]?.(...given),
    ]);
    return Object.fromEntries(calls) as All;
  });
  return steady;
}

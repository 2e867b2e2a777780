import { useSyncExternalStore } from 'react';

/** Jobs that were begun in this tab and whose end is to be told. */
let followed: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function change(next: Iterable<string>): void {
  followed = new Set(next);
  for (const listener of listeners) listener();
}

export interface Tray {
  followed: ReadonlySet<string>;
  /** Shows how far the job is, and tells its end. */
  follow: (jobId: string) => void;
  leave: (jobId: string) => void;
}

export function useTray(): Tray {
  const current = useSyncExternalStore(subscribe, () => followed);
  return {
    followed: current,
    follow: (id) => change([...followed, id]),
    leave: (id) => change([...followed].filter((each) => each !== id)),
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

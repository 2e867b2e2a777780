import type { Event as ContactEvent } from '@perennial/contracts';
import { ApiProblem } from '../../api.ts';

/** How many new events are kept in view; older ones are in the history below. */
const most = 500;

/** New events before those that are shown, none twice, newest first. */
export function withNewer(
  shown: readonly ContactEvent[],
  newer: readonly ContactEvent[],
): readonly ContactEvent[] {
  const known = new Set(shown.map((event) => event.id));
  const fresh = newer.filter((event) => !known.has(event.id));
  return fresh.length === 0 ? shown : [...fresh, ...shown].slice(0, most);
}

/** The tail and the history under it as one list. */
export function joined(
  tail: readonly ContactEvent[],
  history: readonly ContactEvent[],
): readonly ContactEvent[] {
  if (tail.length === 0) return history;
  const known = new Set(tail.map((event) => event.id));
  return [...tail, ...history.filter((event) => !known.has(event.id))];
}

/** Looks on from the mark of a filter; one that the server refuses is forgotten, to begin anew. */
export async function lookOn<Seen>(
  marks: Map<string, string>,
  filter: string,
  look: (after: string | null) => Promise<Seen>,
): Promise<Seen> {
  try {
    return await look(marks.get(filter) ?? null);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 400) marks.delete(filter);
    throw error;
  }
}

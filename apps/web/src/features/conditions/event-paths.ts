import type { Input } from './predicate.ts';
import type { ValueKind } from './subject.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Where an event may have a value: a path that was seen, and in which events. */
export interface EventPath {
  readonly path: string;
  readonly events: readonly string[];
}

/**
 * Paths into events whose values could be compared here, those of the kind that is meant first. Which
 * event starts the workflow is not known where a segment is drawn, so those of every event are meant.
 */
export function eventPathsFor(
  { events }: Vocabulary,
  { input, kind }: { input: Input; kind: ValueKind },
): EventPath[] {
  const seen = new Map<string, { events: string[]; fits: boolean }>();
  for (const event of events) {
    for (const param of event.params) {
      const isList = param.kind === 'list' || param.key.includes('[]');
      if (isList !== (input === 'many')) continue;
      const found = seen.get(param.key) ?? { events: [], fits: false };
      found.events.push(event.label);
      found.fits ||= param.kind === kind;
      seen.set(param.key, found);
    }
  }
  return [...seen]
    .toSorted(([a, one], [b, other]) => Number(other.fits) - Number(one.fits) || compare(a, b))
    .map(([path, found]) => ({ path, events: found.events }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What the event mostly calls it: the same as the field or the parameter that is compared. */
export function usualPath(key: string): string {
  return key.replace(/^custom\./, '');
}

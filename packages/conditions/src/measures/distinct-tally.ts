import type { EventFact } from '../facts.ts';
import type { Tally } from './tally.ts';

/** Keeps the number of different texts that the facts have. */
export function distinctTally(
  textsOf: (fact: EventFact) => readonly string[],
  passes: (count: number) => boolean,
): Tally {
  const occurrences = new Map<string, number>();
  const add = (fact: EventFact, change: number) => {
    for (const text of textsOf(fact)) {
      const count = (occurrences.get(text) ?? 0) + change;
      if (count === 0) occurrences.delete(text);
      else occurrences.set(text, count);
    }
  };
  return {
    enter: (fact) => add(fact, 1),
    leave: (fact) => add(fact, -1),
    passes: () => passes(occurrences.size),
  };
}

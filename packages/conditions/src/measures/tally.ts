import type { EventFact } from '../facts.ts';

/** A running aggregate: facts enter it in order of time, and leave it in the same order. */
export interface Tally {
  enter(fact: EventFact): void;
  leave(fact: EventFact): void;
  passes(): boolean;
}

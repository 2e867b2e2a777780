import type { Condensed, EventFact, History } from '../facts.ts';
import { type Range, isWithin } from '../time/range.ts';

/** A part of a contact's history, disjoint in time from the others. */
export interface CondensedPart extends Condensed {
  /** The multiple of the parts' length at which it begins. */
  readonly part: number;
  readonly firstAt: number;
}

/** A history that is known in parts, which are opened where a period ends within one. */
export interface CondensedEvents extends History {
  /** Parts of which the single events are needed before the answer counts. */
  wanted(): readonly CondensedPart[];
  /** Replaces a part by its events, those that pass the question's filter. */
  open(part: CondensedPart, events: readonly EventFact[]): void;
}

/** The history of a contact's events of one type that these parts hold. */
export function condensedEvents(event: string, parts: readonly CondensedPart[]): CondensedEvents {
  const facts = new Map<CondensedPart, readonly EventFact[]>(
    parts.map((part) => [part, [{ event, occurredAt: part.firstAt, params: {}, condensed: part }]]),
  );
  const opened = new Set<CondensedPart>();
  const wanted = new Set<CondensedPart>();
  const partly = (part: CondensedPart, range: Range) =>
    isWithin(part.firstAt, range) !== isWithin(part.lastAt, range) ||
    (part.firstAt < range.from && part.lastAt >= range.to);
  return {
    within(range) {
      for (const part of parts) {
        if (!opened.has(part) && partly(part, range)) wanted.add(part);
      }
      return [...facts.values()].flat().filter((fact) => isWithin(fact.occurredAt, range));
    },
    all: () => [...facts.values()].flat(),
    wanted: () => [...wanted],
    open(part, events) {
      facts.set(part, events);
      opened.add(part);
      wanted.delete(part);
    },
  };
}

/** When the first of what a fact stands for was. */
export function firstAt({ occurredAt }: EventFact): number {
  return occurredAt;
}

/** When the last of what a fact stands for was. */
export function lastAt({ occurredAt, condensed }: EventFact): number {
  return condensed?.lastAt ?? occurredAt;
}

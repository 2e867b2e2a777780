import type { EventFact } from '../facts.ts';
import { type Period, periodRange, periodSpan } from '../periods/index.ts';
import type { Clock } from '../time/clock.ts';
import type { Range } from '../time/range.ts';
import { resolveZone } from '../time/zones.ts';
import type { Tally } from './tally.ts';

/**
 * The first instant after now at which the aggregate of the facts in a period gives another answer,
 * if no facts come: a sweep over the instants at which facts enter or leave the period. Both ends
 * of every period only move forward, so that what it holds is always a stretch of the facts in
 * order of time, and what lies before `current` never comes back. What stands for several facts
 * crosses an end bit by bit, so that the sweep ends where the first of them does.
 */
export function nextFlip(
  facts: readonly EventFact[],
  { period, current, clock, tally }: { period: Period; current: Range; clock: Clock; tally: Tally },
): number {
  if (facts.length === 0) return Infinity;
  const ordered = facts.toSorted((a, b) => a.occurredAt - b.occurredAt);
  const zone = resolveZone(period.zone, clock);
  const span = (fact: EventFact | undefined) => fact && periodSpan(period, zone, fact.occurredAt);
  let first = 0;
  let end = 0;
  /** Whether only single facts crossed an end. */
  const moveTo = ({ from, to }: Range): boolean => {
    const crossed = { left: first, entered: end };
    for (let fact = ordered[end]; fact && fact.occurredAt < to; fact = ordered[(end += 1)]) {
      tally.enter(fact);
    }
    for (let fact = ordered[first]; fact && fact.occurredAt < from; fact = ordered[(first += 1)]) {
      tally.leave(fact);
    }
    const some = [...ordered.slice(crossed.left, first), ...ordered.slice(crossed.entered, end)];
    return some.every(({ condensed }) => !condensed);
  };
  moveTo(current);
  const answer = tally.passes();
  for (;;) {
    const leavesAt = first < end ? span(ordered[first])?.to : undefined;
    const entersAt = span(ordered[end])?.from;
    const at = Math.min(leavesAt ?? Infinity, entersAt ?? Infinity);
    if (at === Infinity) return Infinity;
    const exact = moveTo(periodRange(period, zone, at));
    if (!exact || tally.passes() !== answer) return at;
  }
}

import { z } from 'zod';
import type { Report } from '../check/report.ts';
import { lastAt } from '../condensed/condensed-events.ts';
import type { EventFact, History } from '../facts.ts';
import type { Period } from '../periods/index.ts';
import { previousUnit } from '../periods/previous.ts';
import { instantText } from '../time/instant-text.ts';
import { perZone } from '../time/per-zone.ts';
import type { Range } from '../time/range.ts';
import type { CalendarUnit } from '../time/units.ts';
import { resolveZone } from '../time/zones.ts';
import { type Aggregate, aggregateDefinition, aggregateSchema } from './aggregates.ts';
import type { MeasureDefinition } from './measure.ts';

const schema = z.strictObject({ kind: z.literal('streak'), each: aggregateSchema.optional() });

/** What a streak without `each` asks of every unit. */
export const AT_LEAST_ONCE: Aggregate = { kind: 'count', op: 'greater_or_equal', value: 1 };

const STREAK_UNITS: readonly string[] = ['day', 'week', 'month'];

/** Each of the n previous complete units has a matching event, or satisfies the measure `each`. */
export const streak = {
  kind: 'streak',
  schema,
  wholeHistory: false,
  check(_measure, period, report) {
    checkPeriod(period, report);
  },
  compile({ each = AT_LEAST_ONCE }, { period, ...settings }) {
    const { n, unit } = previousPeriod(period);
    const { of } = aggregateDefinition(each).compile(each, settings);
    const unitsIn = perZone((zone, now) => lazyUnits(unit, zone, now));
    const withoutEvents = of([]).result;
    return (history, clock) => {
      const unitAt = unitsIn(resolveZone(period.zone, clock), clock.now);
      const holds = (k: number) => of(history.within(unitAt(k))).result;
      let streak = 0;
      while (streak < n && holds(streak + 1)) streak += 1;
      return {
        result: streak === n,
        values: () => ({ streak, broken_at: streak === n ? null : startText(unitAt(streak + 1)) }),
        changesAt: () => nextFlip({ n, streak, unitAt, holds, withoutEvents }, history),
      };
    };
  },
  sentence: '{each}',
  words({ each = AT_LEAST_ONCE }, write, about) {
    const { n, unit, zone } = previousPeriod(about.period);
    const units = write.message('streak.units', { n, unit }) + write.zone(zone);
    const words = aggregateDefinition(each).words?.(each, write);
    const { done, undone, where } = about;
    const key = `measure.${each.kind}.sentence`;
    return { each: write.message(key, { done, undone, where, period: units, ...words }) };
  },
} satisfies MeasureDefinition<z.infer<typeof schema>>;

function checkPeriod(period: Period | undefined, report: Report): void {
  if (period?.kind !== 'previous') {
    report.at('period').add('expected a period of kind "previous", which a streak needs');
  } else if (!STREAK_UNITS.includes(period.unit)) {
    report.at('period', 'unit').add('expected one of day, week, month for a streak');
  }
}

function previousPeriod(period: Period): Extract<Period, { kind: 'previous' }> {
  if (period.kind === 'previous') return period;
  throw new Error(`a streak over a period of kind "${period.kind}" was not checked`);
}

function startText({ from }: Range): string {
  return instantText(from);
}

/** A streak at an instant. `k` counts units backwards from the one in progress, which is 0. */
interface StreakState {
  readonly n: number;
  /** How many units hold before the one in progress, at most n. */
  readonly streak: number;
  readonly unitAt: (k: number) => Range;
  readonly holds: (k: number) => boolean;
  /** Whether a unit without events holds. */
  readonly withoutEvents: boolean;
}

/**
 * When the streak begins or ends if no events come: units are completed one after another, and
 * after those that have events all are alike.
 */
function nextFlip({ n, streak, unitAt, holds, withoutEvents }: StreakState, history: History) {
  const last = latestOf(history.within({ from: unitAt(0).from, to: Infinity }));
  let held = streak;
  let k = 0;
  for (; k === 0 || unitAt(k).from <= last; k -= 1) {
    held = holds(k) ? held + 1 : 0;
    if (held >= n !== (streak === n)) return unitAt(k).to;
  }
  if (streak === n) return withoutEvents ? Infinity : unitAt(k).to;
  return withoutEvents ? unitAt(k - (n - held) + 1).to : Infinity;
}

function latestOf(events: readonly EventFact[]): number {
  return events.reduce((latest, event) => Math.max(latest, lastAt(event)), -Infinity);
}

/** Units around now, each worked out when first asked for. */
function lazyUnits(unit: CalendarUnit, zone: string, now: number): (k: number) => Range {
  const known = new Map<number, Range>();
  return (k) => {
    const found = known.get(k) ?? previousUnit(unit, k, zone, now);
    known.set(k, found);
    return found;
  };
}

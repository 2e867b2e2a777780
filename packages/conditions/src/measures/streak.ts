import { z } from 'zod';
import type { Report } from '../check/report.ts';
import type { Json } from '../json.ts';
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
const AT_LEAST_ONCE: Aggregate = { kind: 'count', op: 'greater_or_equal', value: 1 };

const STREAK_UNITS: readonly string[] = ['day', 'week', 'month'];

/** Each of the n previous complete units has a matching event, or satisfies the measure `each`. */
export const streak = {
  kind: 'streak',
  schema,
  wholeHistory: false,
  check(_measure, period, report) {
    checkPeriod(period, report);
  },
  compile({ each = AT_LEAST_ONCE }, { period, operands }) {
    const { n, unit } = previousPeriod(period);
    const satisfies = aggregateDefinition(each).over(each, operands);
    const unitsIn = perZone((zone, now) => lazyUnits(unit, zone, now));
    return (history, clock) => {
      const unitAt = unitsIn(resolveZone(period.zone, clock), clock.now);
      for (let k = 1; k <= n; k += 1) {
        const range = unitAt(k);
        if (satisfies(history.within(range)).result) continue;
        return { result: false, values: () => broken(k - 1, range) };
      }
      return { result: true, values: () => ({ streak: n, broken_at: null }) };
    };
  },
  sentence: '{each}',
  words({ each = AT_LEAST_ONCE }, write, about) {
    const { n, unit, zone } = previousPeriod(about.period);
    const units = write.message('streak.units', { n, unit }) + write.zone(zone);
    const words = aggregateDefinition(each).words?.(each, write);
    const { event, where } = about;
    const key = `measure.${each.kind}.sentence`;
    return { each: write.message(key, { event, where, period: units, ...words }) };
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

/** How many units held before the one that did not. */
function broken(streak: number, { from }: Range): Record<string, Json> {
  return { streak, broken_at: instantText(from) };
}

/** The previous units, the latest first, each worked out when first asked for. */
function lazyUnits(unit: CalendarUnit, zone: string, now: number): (k: number) => Range {
  const known: Range[] = [];
  return (k) => (known[k] ??= previousUnit(unit, k, zone, now));
}

import { z } from 'zod';
import type { Range } from '../time/range.ts';
import { type CalendarUnit, startOfUnit } from '../time/units.ts';
import { dayOfInstant, startOfDay } from '../time/zones.ts';
import { calendarCount, isCalendarReach, tooFar, zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z
  .strictObject({ kind: z.literal('previous'), ...calendarCount, ...zoneMember })
  .refine(isCalendarReach, tooFar);

/** The n complete calendar units before the one that holds now. */
export const previous = {
  kind: 'previous',
  schema,
  zoned: true,
  range({ n, unit }, zone, now) {
    const day = dayOfInstant(now, zone);
    return {
      from: startOfDay(startOfUnit(unit, day, -n), zone),
      to: startOfDay(startOfUnit(unit, day, 0), zone),
    };
  },
  span({ n, unit }, zone, instant) {
    const day = dayOfInstant(instant, zone);
    return {
      from: startOfDay(startOfUnit(unit, day, 1), zone),
      to: startOfDay(startOfUnit(unit, day, 1 + n), zone),
    };
  },
  sentence: `{unit, select,
    day {{n, plural, one {in the previous day} other {in the # previous days}}}
    week {{n, plural, one {in the previous week} other {in the # previous weeks}}}
    month {{n, plural, one {in the previous month} other {in the # previous months}}}
    quarter {{n, plural, one {in the previous quarter} other {in the # previous quarters}}}
    other {{n, plural, one {in the previous year} other {in the # previous years}}}
  }{zone}`,
  words: ({ n, unit }) => ({ n, unit }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;

/** The k-th unit before the one that holds now, by itself; 0 is that one, and below 0 lie later ones. */
export function previousUnit(unit: CalendarUnit, k: number, zone: string, now: number): Range {
  const day = dayOfInstant(now, zone);
  return {
    from: startOfDay(startOfUnit(unit, day, -k), zone),
    to: startOfDay(startOfUnit(unit, day, 1 - k), zone),
  };
}

import { z } from 'zod';
import type { Range } from '../time/range.ts';
import { type CalendarUnit, startOfUnit } from '../time/units.ts';
import { dayOfInstant, startOfDay } from '../time/zones.ts';
import { expectedOneOf, zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const UNITS = ['week', 'month', 'quarter', 'year'] as const;

const schema = z.strictObject({
  kind: z.literal('this'),
  unit: z.enum(UNITS, { error: expectedOneOf(UNITS) }),
  ...zoneMember,
});

/** The calendar unit that holds now, from its start until its end. */
export const thisUnit = {
  kind: 'this',
  schema,
  zoned: true,
  range: ({ unit }, zone, now) => unitOf(unit, zone, now),
  span: ({ unit }, zone, instant) => unitOf(unit, zone, instant),
  sentence:
    '{unit, select, week {this week} month {this month} quarter {this quarter} other {this year}}{zone}',
  words: ({ unit }) => ({ unit }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;

function unitOf(unit: CalendarUnit, zone: string, instant: number): Range {
  const day = dayOfInstant(instant, zone);
  return {
    from: startOfDay(startOfUnit(unit, day, 0), zone),
    to: startOfDay(startOfUnit(unit, day, 1), zone),
  };
}

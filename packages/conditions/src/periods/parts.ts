import { z } from 'zod';
import { readMoment } from '../values/moment.ts';
import { zoneSchema } from '../time/zones.ts';
import {
  CALENDAR_UNITS,
  type CalendarUnit,
  MOST_CALENDAR_UNITS,
  ROLLING_UNITS,
  type RollingUnit,
  mostRollingUnits,
} from '../time/units.ts';

/** The members that any period may have. */
export const zoneMember = { zone: zoneSchema.optional() };

const EXPECTED_COUNT = 'expected a whole number from 1';

const countSchema = z.int({ error: EXPECTED_COUNT }).min(1, { error: EXPECTED_COUNT });

const TOO_FAR = 'expected a period of at most 100 years';

/** `n` and a calendar unit, within 100 years. */
export const calendarCount = {
  n: countSchema,
  unit: z.enum(CALENDAR_UNITS, { error: expectedOneOf(CALENDAR_UNITS) }),
};

/** `n` and a rolling unit, within 100 years. */
export const rollingCount = {
  n: countSchema,
  unit: z.enum(ROLLING_UNITS, { error: expectedOneOf(ROLLING_UNITS) }),
};

/** Says that `n` calendar units are not too many. */
export function isCalendarReach({ n, unit }: { n: number; unit: CalendarUnit }): boolean {
  return n <= MOST_CALENDAR_UNITS[unit];
}

/** Says that `n` rolling units are not too many. */
export function isRollingReach({ n, unit }: { n: number; unit: RollingUnit }): boolean {
  return n <= mostRollingUnits(unit);
}

/** The refusal of a period that is too long, at its `n`. */
export const tooFar = { error: TOO_FAR, path: ['n'] };

/** T: an instant or a day, as ISO 8601 text or epoch milliseconds. */
export const momentSchema = z
  .union([z.string(), z.number()], { error: expectedMoment })
  .refine((value) => readMoment(value) !== undefined, { error: expectedMoment });

/** T as text alone. */
export const momentTextSchema = z
  .string({ error: expectedMoment })
  .refine((value) => readMoment(value) !== undefined, { error: expectedMoment });

function expectedMoment(): string {
  return 'expected a day (2026-05-01) or an instant (2026-05-01T09:00:00Z)';
}

/** "expected one of a, b, c". */
export function expectedOneOf(names: readonly string[]): string {
  return `expected one of ${names.join(', ')}`;
}

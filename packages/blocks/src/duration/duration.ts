import { z } from 'zod';

/** Units of timers and of the limits of a workflow. */
export const DURATION_UNITS = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

/** So many units; where a definition counts back (limits, lookback) a month is 30 days. */
export interface Duration {
  readonly n: number;
  readonly unit: DurationUnit;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Lengths in milliseconds; a month, where no calendar is meant, is 30 days. */
export const UNIT_MS: Readonly<Record<DurationUnit, number>> = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};

/** Nothing waits or looks back further than 100 years. */
export const MOST_DURATION_MS = 100 * 365 * DAY_MS;

/** The length in milliseconds, a month being 30 days. */
export function durationMs({ n, unit }: Duration): number {
  return n * UNIT_MS[unit];
}

export const unitSchema = z.enum(DURATION_UNITS, {
  error: `expected one of ${DURATION_UNITS.join(', ')}`,
});

/** A length of time that a definition writes out. */
export const durationSchema = z
  .strictObject({
    n: z.int({ error: 'expected a whole number from 1' }).min(1, 'expected a whole number from 1'),
    unit: unitSchema,
  })
  .refine((duration) => durationMs(duration) <= MOST_DURATION_MS, {
    path: ['n'],
    error: 'expected at most 100 years',
  });

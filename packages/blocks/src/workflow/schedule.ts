import {
  dateOfDay,
  dayOfInstant,
  daysInMonth,
  instantOfLocal,
  readDay,
  startOfDay,
  timeOfDay,
  weekdayOf,
  zoneSchema,
  type Day,
} from '@perennial/conditions';
import { Cron } from 'croner';
import { z } from 'zod';
import { readTimeOfDay } from '../time-of-day.ts';

const daySchema = z.string().refine((text) => readDay(text) !== undefined, {
  error: 'expected a day such as "2026-05-01"',
});

/** A time of day. */
export const timeSchema = z.string().refine((text) => readTimeOfDay(text) !== undefined, {
  error: 'expected a time such as "09:30"',
});

const weekdaysSchema = z
  .array(z.int().min(1).max(7), { error: 'expected ISO weekdays, 1 is Monday' })
  .min(1)
  .max(7);

const cronSchema = z.string().max(200).refine(isCron, {
  error: 'expected minute, hour, day, month and weekday, such as "30 9 * * 1-5"',
});

/** Five fields: nothing fires more than once a minute. */
function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false;
  try {
    return new Cron(text, { mode: '5-part' }).nextRun() !== null;
  } catch {
    return false;
  }
}

const common = {
  /** First day, and the day before which it ends. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  /** `contact`: at this time of each contact's own zone. Default: the workspace's. */
  zone: zoneSchema.default('workspace'),
};

/** When a workflow starts regularly. */
export const scheduleSchema = z
  .discriminatedUnion(
    'every',
    [
      z.strictObject({
        every: z.literal('day'),
        at: timeSchema,
        /** On these days of the week alone. */
        days: weekdaysSchema.optional(),
        ...common,
      }),
      z.strictObject({
        every: z.literal('week'),
        at: timeSchema,
        days: weekdaysSchema.default([1]),
        ...common,
      }),
      z.strictObject({
        every: z.literal('month'),
        at: timeSchema,
        /** In months without it, the last day. */
        day_of_month: z.int().min(1).max(31).default(1),
        ...common,
      }),
      z.strictObject({ every: z.literal('cron'), cron: cronSchema, ...common }),
    ],
    { error: 'expected how often: "day", "week", "month" or "cron"' },
  )
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    error: 'expected a day after "from"',
  });

export type Schedule = z.output<typeof scheduleSchema>;

/** No schedule skips more days than this: 29 February, over a century without a leap year. */
const LONGEST_GAP_DAYS = 8 * 366;

const DAY_MS = 86_400_000;

/** The first instant after this one at which it is time, in one zone; undefined: never again. */
export function nextOccurrence(
  schedule: Schedule,
  after: number,
  zone: string,
): number | undefined {
  const begin = schedule.from === undefined ? -Infinity : startOfDay(readDay(schedule.from)!, zone);
  const end = schedule.to === undefined ? Infinity : startOfDay(readDay(schedule.to)!, zone);
  const found =
    schedule.every === 'cron'
      ? nextCron(schedule.cron, Math.max(after, begin - 1), zone)
      : nextByDay(schedule, Math.max(after, begin - 1), zone);
  return found !== undefined && found < end ? found : undefined;
}

/** The last instant in (after, until] at which it was time, in one zone. */
export function lastOccurrence(
  schedule: Schedule,
  { after, until }: { after: number; until: number },
  zone: string,
): number | undefined {
  let last: number | undefined;
  for (let at = nextOccurrence(schedule, after, zone); at !== undefined && at <= until;) {
    last = at;
    at = nextOccurrence(schedule, at, zone);
  }
  return last;
}

/**
 * Cron is asked for what the clock on the wall shows; its own notion of zones leaves out times that
 * the zone skips, and has those twice that come twice.
 */
function nextCron(cron: string, after: number, zone: string): number | undefined {
  const wall = new Cron(cron, { timezone: 'UTC', mode: '5-part' });
  let shown: Date | null = new Date(dayOfInstant(after, zone) * DAY_MS + timeOfDay(after, zone));
  while ((shown = wall.nextRun(shown))) {
    const day = Math.floor(shown.getTime() / DAY_MS);
    const at = instantOfLocal(day, shown.getTime() - day * DAY_MS, zone);
    if (at > after) return at;
  }
  return undefined;
}

function nextByDay(
  schedule: Exclude<Schedule, { every: 'cron' }>,
  after: number,
  zone: string,
): number | undefined {
  const time = readTimeOfDay(schedule.at)!;
  // Yesterday's time may lie after midnight when the zone skipped it.
  const first = dayOfInstant(after, zone) - 1;
  for (let day = first; day < first + LONGEST_GAP_DAYS; day += 1) {
    if (!isWished(schedule, day)) continue;
    const at = instantOfLocal(day, time, zone);
    if (at > after) return at;
  }
  return undefined;
}

function isWished(schedule: Exclude<Schedule, { every: 'cron' }>, day: Day): boolean {
  if (schedule.every === 'month') {
    const { year, month, day: date } = dateOfDay(day);
    return date === Math.min(schedule.day_of_month, daysInMonth(year, month));
  }
  return schedule.days === undefined || schedule.days.includes(weekdayOf(day));
}

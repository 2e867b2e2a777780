import { z } from 'zod';
import { parseWith } from '../check/report.ts';
import type { Write } from '../sentences/write.ts';
import { dayText, readDay, weekdayOf } from '../time/day.ts';
import { dayOfInstant, resolveZone, startOfDay, timeOfDay, zoneSchema } from '../time/zones.ts';
import type { ConditionType } from './condition-type.ts';

const EXPECTED_TIME = 'expected a time of day (09:00)';
const EXPECTED_DAY = 'expected a day (2026-05-01)';

const timeSchema = z
  .string({ error: EXPECTED_TIME })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: EXPECTED_TIME });

const daySchema = z
  .string({ error: EXPECTED_DAY })
  .refine((text) => readDay(text) !== undefined, { error: EXPECTED_DAY });

const weekdaySchema = z.literal([1, 2, 3, 4, 5, 6, 7], {
  error: 'expected a day of the week from 1 (Monday) to 7 (Sunday)',
});

const timesSchema = z
  .strictObject({ from: timeSchema, to: timeSchema })
  .refine(({ from, to }) => from !== to, { error: 'expected two different times' });

const datesSchema = z
  .strictObject({ from: daySchema.optional(), to: daySchema.optional() })
  .refine(({ from, to }) => from !== undefined || to !== undefined, {
    error: 'expected "from", "to" or both',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    error: 'expected "from" before "to"',
  });

const schema = z
  .strictObject({
    type: z.literal('now'),
    weekdays: z.array(weekdaySchema).min(1, { error: 'expected at least one day' }).optional(),
    time: timesSchema.optional(),
    dates: datesSchema.optional(),
    zone: zoneSchema.optional(),
  })
  .refine(({ weekdays, time, dates }) => (weekdays ?? time ?? dates) !== undefined, {
    error: 'expected "weekdays", "time" or "dates"',
  });

/**
 * What time it is in a zone (UTC unless named): all that is given must hold. Weekdays are 1 (Monday)
 * to 7. `time` is from ≤ t < to, over midnight when `to` is the earlier. `dates` is from ≤ day < to.
 */
export type NowCondition = z.infer<typeof schema>;

/** What time it is. For workflows. */
export const now: ConditionType<NowCondition> = {
  type: 'now',
  schema,
  check: (input, { report }) => parseWith(schema, input, report),
  compile(condition) {
    const holds = compileNow(condition);
    return (facts) => {
      const zone = resolveZone(condition.zone, facts);
      const day = dayOfInstant(facts.now, zone);
      const minute = Math.floor(timeOfDay(facts.now, zone) / 60_000);
      return {
        result: holds(day, minute),
        values: () => ({
          day: dayText(day),
          weekday: weekdayOf(day),
          time: timeText(minute),
          zone,
        }),
        changesAt: () => nextBoundary(facts.now, zone, condition),
      };
    };
  },
  need: (condition, needs) => void needs.zonesOf(condition.zone),
  canonical: ({ type, weekdays, time, dates, zone }) => ({
    type,
    ...(weekdays ? { weekdays: [...new Set(weekdays)].sort((a, b) => a - b) } : {}),
    ...(time ? { time } : {}),
    ...(dates ? { dates: { from: dates.from ?? null, to: dates.to ?? null } } : {}),
    ...(zone === undefined || zone === 'UTC' ? {} : { zone }),
  }),
  sentence: nowSentence,
  messages: {
    sentence: 'it is {parts}',
    weekday: `{day, select, 1 {Monday} 2 {Tuesday} 3 {Wednesday} 4 {Thursday} 5 {Friday}
      6 {Saturday} other {Sunday}}`,
    time: 'from {from} until before {to}',
    dates: 'from {from} until before {to}',
    since: 'on or after {from}',
    until: 'before {to}',
  },
};

function compileNow({
  weekdays,
  time,
  dates,
}: NowCondition): (day: number, minute: number) => boolean {
  const days = weekdays && new Set<number>(weekdays);
  const [from, to] = time ? [minutes(time.from), minutes(time.to)] : [0, 24 * 60];
  const first = dates?.from === undefined ? -Infinity : (readDay(dates.from) ?? -Infinity);
  const end = dates?.to === undefined ? Infinity : (readDay(dates.to) ?? Infinity);
  const inTime = (minute: number) =>
    from < to ? minute >= from && minute < to : minute >= from || minute < to;
  return (day, minute) =>
    (!days || days.has(weekdayOf(day))) && inTime(minute) && day >= first && day < end;
}

/**
 * The end of the day or, where the time of day matters, of the minute: wall clocks jump, so no
 * later one is sure to come first.
 */
function nextBoundary(now: number, zone: string, { time }: NowCondition): number {
  const tomorrow = startOfDay(dayOfInstant(now, zone) + 1, zone);
  if (!time) return tomorrow;
  return Math.min(tomorrow, now - (timeOfDay(now, zone) % 60_000) + 60_000);
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function timeText(minute: number): string {
  return [Math.floor(minute / 60), minute % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

function nowSentence({ weekdays, time, dates, zone }: NowCondition, write: Write): string {
  const say = (key: string, values: Record<string, string | number>) =>
    write.message(`condition.now.${key}`, values);
  const named = weekdays?.map((day) => say('weekday', { day: String(day) }));
  const parts = [
    ...(named ? [write.any(named)] : []),
    ...(time ? [say('time', time)] : []),
    ...(dates ? [datesSentence(dates, say)] : []),
  ];
  return say('sentence', { parts: write.all(parts) + write.zone(zone) });
}

function datesSentence(
  { from, to }: NonNullable<NowCondition['dates']>,
  say: (key: string, values: Record<string, string>) => string,
): string {
  if (from !== undefined && to !== undefined) return say('dates', { from, to });
  return from === undefined ? say('until', { to: to ?? '' }) : say('since', { from });
}

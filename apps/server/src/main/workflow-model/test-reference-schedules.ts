import { instantOf, localOf, monthsOn } from './test-zones.ts';

/** When a workflow starts regularly, as its definition says. */
export interface Schedule {
  every: 'day' | 'week' | 'month' | 'cron';
  at?: string;
  cron?: string;
  days?: number[];
  day_of_month?: number;
  zone?: string;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A time that was missed by more than a day is left out; of several the last one counts. */
export function lastTime(
  schedule: Schedule,
  { after, until, zone }: { after: number; until: number; zone: string },
): number | undefined {
  const around = timesAround(schedule, until, { zone, days: [-2, -1, 0, 1] });
  return around.findLast((at) => at <= until && at > after && at >= until - DAY);
}

const AHEAD = Array.from({ length: 64 }, (_, n) => n - 1);

/** Schedules of scenarios skip no more days than this. */
export function nextTime(schedule: Schedule, after: number, zone: string): number {
  return timesAround(schedule, after, { zone, days: AHEAD }).find((at) => at > after)!;
}

/** What the clock shows at a time of the schedule: it is for one firing, wherever it shows so. */
export function firingAt(at: number, zone: string): string {
  return new Date(localOf(at, zone)).toISOString().slice(0, 16);
}

function timesAround(
  schedule: Schedule,
  instant: number,
  { zone, days }: { zone: string; days: readonly number[] },
): number[] {
  const today = localOf(instant, zone) - (localOf(instant, zone) % DAY);
  const local = days.flatMap((n) => timesOn(schedule, today + n * DAY));
  return local.map((time) => instantOf(time, zone)).toSorted((a, b) => a - b);
}

/** Local times of a day, in their order. */
function timesOn(schedule: Schedule, day: number): number[] {
  if (schedule.every === 'cron') return cronTimesOn(schedule.cron!, day);
  if (!isWished(schedule, day)) return [];
  const [hours, minutes] = schedule.at!.split(':').map(Number) as [number, number];
  return [day + (hours * 60 + minutes) * MINUTE];
}

function isWished({ every, days, day_of_month: date }: Schedule, day: number): boolean {
  if (every === 'month') {
    const first = day - (new Date(day).getUTCDate() - 1) * DAY;
    const length = (monthsOn(first, 1) - first) / DAY;
    return new Date(day).getUTCDate() === Math.min(date ?? 1, length);
  }
  const wished = days ?? (every === 'week' ? [1] : undefined);
  return wished === undefined || wished.includes(new Date(day).getUTCDay() || 7);
}

/** Of days of the month and of the week scenarios give one at most. */
function cronTimesOn(cron: string, day: number): number[] {
  const [minute, hour, date, , weekday] = cron.split(' ') as [
    string,
    string,
    string,
    string,
    string,
  ];
  const onDay = new Date(day);
  if (!isMeant(date, onDay.getUTCDate()) || !isMeant(weekday, onDay.getUTCDay())) return [];
  const minutes = Array.from({ length: 24 * 60 }, (_, n) => n);
  return minutes
    .filter((n) => isMeant(hour, Math.floor(n / 60)) && isMeant(minute, n % 60))
    .map((n) => day + n * MINUTE);
}

/** `*`, a number, a range, or every so many; several with commas. */
function isMeant(field: string, value: number): boolean {
  return field.split(',').some((part) => {
    if (part === '*') return true;
    if (part.startsWith('*/')) return value % Number(part.slice(2)) === 0;
    const [first, last = first] = part.split('-').map(Number) as [number, number?];
    return value >= first && value <= last;
  });
}

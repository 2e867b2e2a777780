import type { CampaignSchedule } from '@perennial/contracts';
import {
  dateOfDay,
  dayOfInstant,
  dayText,
  daysInMonth,
  instantOfLocal,
  isKnownZone,
  readDay,
  weekdayOf,
} from '@perennial/conditions';

/** Where a day begins first. */
const FIRST_ZONE = 'Etc/GMT-14';
/** A start may be late by this much before it counts as having missed a contact's time. */
const LATE_MS = 5 * 60_000;
/** Weekdays and days of months come within it. */
const FARTHEST_DAYS = 62;

type Recurring = Extract<CampaignSchedule, { kind: 'recurring' }>;

/** A day and a time of the wall clock. */
export interface WallTime {
  date: string;
  time: string;
}

/** When the sending of a wall time begins: in the zone, or where its day begins first. */
export function startOf(
  { date, time }: WallTime,
  { zone, workspaceZone }: { zone: 'workspace' | 'contact'; workspaceZone: string },
): number {
  const where = zone === 'contact' ? FIRST_ZONE : workspaceZone;
  return instantOfLocal(requireDay(date), msOf(time), where);
}

/**
 * When a contact in this zone is due. Whose time had passed when the campaign began gets it at that
 * time of the next day; whose zone nobody knows is where the workspace is.
 */
export function dueInZone(
  { date, time }: WallTime,
  {
    zone,
    workspaceZone,
    began,
  }: { zone: string | null | undefined; workspaceZone: string; began: number },
): number {
  const own = zone && isKnownZone(zone) ? zone : workspaceZone;
  let day = Math.max(requireDay(date), dayOfInstant(began, own) - 1);
  let due = instantOfLocal(day, msOf(time), own);
  while (due < began - LATE_MS) {
    day += 1;
    due = instantOfLocal(day, msOf(time), own);
  }
  return due;
}

/** An occurrence of a recurring schedule. */
export interface Occurrence {
  date: string;
  startsAt: number;
}

/** The first occurrence that starts after an instant; undefined when there is none any more. */
export function nextOccurrence(
  schedule: Recurring,
  { after, workspaceZone }: { after: number; workspaceZone: string },
): Occurrence | undefined {
  const first = dayOfInstant(after, workspaceZone) - 1;
  const last = schedule.until === undefined ? Infinity : requireDay(schedule.until);
  for (let day = first; day <= Math.min(last, first + FARTHEST_DAYS); day += 1) {
    if (!isMeant(schedule, day)) continue;
    const date = dayText(day);
    const startsAt = startOf({ date, time: schedule.time }, { zone: schedule.zone, workspaceZone });
    if (startsAt > after) return { date, startsAt };
  }
  return undefined;
}

function isMeant(schedule: Recurring, day: number): boolean {
  if (schedule.every === 'day') return true;
  if (schedule.every === 'week') return schedule.weekdays.includes(weekdayOf(day));
  const { year, month, day: ofMonth } = dateOfDay(day);
  return ofMonth === Math.min(schedule.day, daysInMonth(year, month));
}

function requireDay(text: string): number {
  const day = readDay(text);
  if (day === undefined) throw new Error(`${text} is no date.`);
  return day;
}

/** `HH:MM` as milliseconds from midnight. */
function msOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours! * 60 + minutes!) * 60_000;
}

/** The date and time that the wall clock of a zone shows. */
export function dateIn(instant: number, zone: string): string {
  return dayText(dayOfInstant(instant, zone));
}

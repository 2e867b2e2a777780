import type { Json } from '../json.ts';
import { DAY_MS, type Day, dayOfDate, isDate } from '../time/day.ts';
import { dayOfInstant, instantOfLocal, startOfDay } from '../time/zones.ts';

/**
 * A date as data write it: a day, a local time without offset (`time` in milliseconds from
 * midnight), or an instant in epoch milliseconds. Only a zone makes an instant of the first two.
 */
export type Moment =
  | { readonly kind: 'day'; readonly day: Day }
  | { readonly kind: 'local'; readonly day: Day; readonly time: number }
  | { readonly kind: 'instant'; readonly at: number };

const FIRST_INSTANT = dayOfDate(1, 1, 1) * DAY_MS;
const LAST_INSTANT = (dayOfDate(9999, 12, 31) + 1) * DAY_MS - 1;

const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Reads ISO 8601 days and times, and epoch milliseconds as a number or as a string of 12 or 13
 * digits. Undefined for all else, for dates that do not exist, and outside the years 1 to 9999.
 */
export function readMoment(value: Json | undefined): Moment | undefined {
  if (typeof value === 'number') return instantMoment(Math.floor(value));
  if (typeof value !== 'string') return undefined;
  if (/^\d{12,13}$/.test(value)) return instantMoment(Number(value));
  const parts = MOMENT.exec(value);
  return parts ? momentOfParts(parts) : undefined;
}

function instantMoment(at: number): Moment | undefined {
  return at >= FIRST_INSTANT && at <= LAST_INSTANT ? { kind: 'instant', at } : undefined;
}

function momentOfParts(parts: RegExpExecArray): Moment | undefined {
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (!isDate(year, month, date)) return undefined;
  const day = dayOfDate(year, month, date);
  if (parts[4] === undefined) return { kind: 'day', day };
  const time = timeOfParts(parts);
  if (time === undefined) return undefined;
  if (parts[8] === undefined) return { kind: 'local', day, time };
  const offset = offsetOfText(parts[8]);
  return offset === undefined ? undefined : instantMoment(day * DAY_MS + time - offset);
}

function timeOfParts(parts: RegExpExecArray): number | undefined {
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  // More than milliseconds is cut, not rounded.
  const millisecond = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

function offsetOfText(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** The instant of a moment in a zone; a day's is its first. */
export function momentInstant(moment: Moment, zone: string): number {
  if (moment.kind === 'instant') return moment.at;
  if (moment.kind === 'day') return startOfDay(moment.day, zone);
  return instantOfLocal(moment.day, moment.time, zone);
}

/** The day of a moment in a zone. */
export function momentDay(moment: Moment, zone: string): Day {
  return moment.kind === 'day' ? moment.day : dayOfInstant(momentInstant(moment, zone), zone);
}

/**
 * Negative, 0 or positive by the order of two moments of one kind; undefined when the kinds differ,
 * since their order then depends on the zone.
 */
export function compareMoments(a: Moment, b: Moment): number | undefined {
  if (a.kind === 'day' && b.kind === 'day') return a.day - b.day;
  if (a.kind === 'instant' && b.kind === 'instant') return a.at - b.at;
  if (a.kind === 'local' && b.kind === 'local') {
    return a.day - b.day || a.time - b.time;
  }
  return undefined;
}

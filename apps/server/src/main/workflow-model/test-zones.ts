/**
 * Local time for the reference: a table of changes read from the machine's zone data, and nothing of
 * what the engine reckons with.
 */
const DAY = 86_400_000;
const MINUTE = 60_000;

/** From this instant on local time is so much ahead of UTC. */
interface Span {
  from: number;
  shift: number;
}

const FIRST = Date.UTC(2025, 0, 1);
const LAST = Date.UTC(2028, 0, 1);
const known = new Map<string, Span[]>();

/** The clock on the wall, as milliseconds of a day that is called UTC. */
export function localOf(instant: number, zone: string): number {
  return instant + spansOf(zone).findLast(({ from }) => from <= instant)!.shift;
}

/** The first instant at which the clock shows at least this: a time that is skipped is its change. */
export function instantOf(local: number, zone: string): number {
  const spans = spansOf(zone);
  for (const [i, { from, shift }] of spans.entries()) {
    const instant = Math.max(from, local - shift);
    if (instant < (spans[i + 1]?.from ?? Infinity)) return instant;
  }
  throw new Error(`No instant in ${zone} is ${local}.`);
}

/** So many calendar months on; of a month that is too short its last day. */
export function monthsOn(local: number, n: number): number {
  const date = new Date(local);
  const month = date.getUTCMonth() + n;
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), last)) + (local % DAY);
}

function spansOf(zone: string): Span[] {
  let spans = known.get(zone);
  if (!spans) known.set(zone, (spans = readSpans(zone)));
  return spans;
}

function readSpans(zone: string): Span[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const shiftAt = (instant: number): number => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const [year, month, day, hour, minute] = ['year', 'month', 'day', 'hour', 'minute'].map(
      (name) => Number(parts.get(name as Intl.DateTimeFormatPartTypes)),
    ) as [number, number, number, number, number];
    return Date.UTC(year, month - 1, day, hour, minute) - instant;
  };
  const spans: Span[] = [{ from: -Infinity, shift: shiftAt(FIRST) }];
  for (let day = FIRST; day < LAST; day += DAY) {
    if (shiftAt(day) === shiftAt(day + DAY)) continue;
    let [before, after] = [day, day + DAY];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / MINUTE / 2) * MINUTE;
      if (shiftAt(middle) === shiftAt(day)) before = middle;
      else after = middle;
    }
    spans.push({ from: after, shift: shiftAt(after) });
  }
  return spans;
}

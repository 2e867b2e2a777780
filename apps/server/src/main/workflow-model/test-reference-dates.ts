import type { JsonObject } from '../../inbox/index.ts';
import { zoneOf, type RefContact, type RefFact, type RefState } from './test-reference-state.ts';
import { instantOf, localOf, monthsOn } from './test-zones.ts';

const DAY = 86_400_000;
const UNIT_DAYS: Record<string, number> = { day: 1, week: 7 };
const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000 };

interface DateStart {
  field: string;
  anniversary?: boolean;
  offset?: { n: number; unit: string };
  at?: string;
  zone?: string;
}

/** A changed date moves what it starts; what lies before the change starts nothing. */
export function followDates(state: RefState, contact: RefContact, fact: RefFact): void {
  if (fact.type !== 'FieldChanged') return;
  const changed = (fact.params['changes'] as JsonObject[]).map(({ field }) => field);
  state.workflows.forEach((_, workflow) => {
    const start = dateStart(state, workflow);
    if (!start) return;
    const byZone = start.zone === 'contact' && changed.includes('time_zone');
    if (byZone || changed.includes(start.field)) {
      lookAtDate(state, contact, workflow, fact.received);
    }
  });
}

function dateStart(state: RefState, workflow: number): DateStart | undefined {
  const { start } = state.workflows[workflow]!;
  // What is archived looks at no dates; one that comes in a pause is refused.
  if (state.states[workflow] === 'archived') return undefined;
  return start['type'] === 'date' ? (start as unknown as DateStart) : undefined;
}

/** When the contact's date starts the workflow next, after an instant. */
export function lookAtDate(
  state: RefState,
  contact: RefContact,
  workflow: number,
  after: number,
): void {
  const start = dateStart(state, workflow);
  const at = start && nextDate(start, contact, { after, zone: zoneOf(state, contact, start.zone) });
  if (at === undefined) contact.dates.delete(workflow);
  else contact.dates.set(workflow, at);
}

function nextDate(
  start: DateStart,
  { fields }: RefContact,
  { after, zone }: { after: number; zone: string },
): number | undefined {
  const text = fields[start.field];
  if (typeof text !== 'string') return undefined;
  if (!start.anniversary) {
    const at = shifted(text, start, zone);
    return at > after ? at : undefined;
  }
  const [, month, day] = localDate(text, zone).split('-').map(Number) as [number, number, number];
  const year = new Date(after).getUTCFullYear();
  const candidates = [-2, -1, 0, 1, 2].map((n) => {
    const last = new Date(Date.UTC(year + n, month, 0)).getUTCDate();
    const date = new Date(Date.UTC(year + n, month - 1, Math.min(day, last)));
    return shifted(date.toISOString().slice(0, 10), start, zone);
  });
  return candidates.find((at) => at > after);
}

function localDate(text: string, zone: string): string {
  if (!text.includes('T')) return text;
  return new Date(localOf(Date.parse(text), zone)).toISOString().slice(0, 10);
}

/** A day, and what gets a time of day, is moved along the calendar; an instant by its length. */
export function shifted(
  text: string,
  { offset, at }: Pick<DateStart, 'offset' | 'at'>,
  zone: string,
): number {
  const { n, unit } = offset ?? { n: 0, unit: 'day' };
  const along = (local: number): number =>
    unit === 'month' ? monthsOn(local, n) : local + n * UNIT_DAYS[unit]! * DAY;
  if (at !== undefined) {
    const [hours, minutes] = at.split(':').map(Number) as [number, number];
    const day = along(Date.parse(localDate(text, zone)));
    return instantOf(day + (hours * 60 + minutes) * 60_000, zone);
  }
  const isLength = unit in UNIT_MS;
  if (!text.includes('T')) {
    const day = Date.parse(text);
    return isLength ? instantOf(day, zone) + n * UNIT_MS[unit]! : instantOf(along(day), zone);
  }
  const instant = Date.parse(text);
  if (unit === 'month') return instantOf(monthsOn(localOf(instant, zone), n), zone);
  return instant + n * (UNIT_MS[unit] ?? UNIT_DAYS[unit]! * DAY);
}

import type { JsonObject } from '../../inbox/index.ts';
import { holds } from './test-reference-conditions.ts';
import { lookAtDate } from './test-reference-dates.ts';
import { begin, keyOf } from './test-reference-facts.ts';
import { type RefContact, type RefState } from './test-reference-state.ts';
import { instantOf, localOf, monthsOn } from './test-zones.ts';
import { EVENT_SEGMENTS } from './test-segments.ts';
import type { Who } from './test-scenario.ts';

const DAY = 86_400_000;

interface Schedule {
  every: 'day' | 'week' | 'month';
  at: string;
  days?: number[];
  day_of_month?: number;
}

/** What the calendar of the workspace has to do at an instant; answers whether it did something. */
export function turnCalendar(state: RefState, now: number): void {
  for (const workflow of state.workflows.keys()) {
    const calendar = state.calendar[workflow]!;
    if (state.states[workflow] !== 'active') continue;
    if (calendar.lookAgain) lookAgain(state, workflow, now);
    calendar.lookAgain = false;
    startRegularly(state, workflow, now);
  }
}

/** A workflow goes on: what lay in the pause is not made up for. */
export function resume(state: RefState, workflow: number, now: number): void {
  state.calendar[workflow] = { doneUntil: now, lookAgain: true };
}

function lookAgain(state: RefState, workflow: number, now: number): void {
  if (state.workflows[workflow]!.start['type'] !== 'date') return;
  for (const contact of state.contacts.values()) lookAtDate(state, contact, workflow, now);
}

function startRegularly(state: RefState, workflow: number, now: number): void {
  const { start } = state.workflows[workflow]!;
  if (start['mode'] !== 'regular') return;
  const calendar = state.calendar[workflow]!;
  const schedule = start['schedule'] as unknown as Schedule;
  const at = lastTime(schedule, { after: calendar.doneUntil, until: now, zone: state.zone });
  calendar.doneUntil = now;
  if (at === undefined) return;
  for (const contact of state.contacts.values()) {
    if (!contact.segments.has(start['segment'] as string)) continue;
    enter(state, contact, { workflow, key: '', seq: 0, at, params: {}, depth: 0 }, now);
  }
}

/** A time that was missed by more than a day is left out; of several the last one counts. */
function lastTime(
  schedule: Schedule,
  { after, until, zone }: { after: number; until: number; zone: string },
): number | undefined {
  const around = timesAround(schedule, until, { zone, days: [1, 0, -1, -2] });
  return around.find((at) => at <= until && at > after && at >= until - DAY);
}

/** When it is time next for any workflow. */
export function nextRegular(state: RefState): number {
  const days = Array.from({ length: 64 }, (_, n) => n - 1);
  const next = state.workflows.map((_, workflow) => {
    const { start } = state.workflows[workflow]!;
    if (start['mode'] !== 'regular' || state.states[workflow] !== 'active') return Infinity;
    const after = state.calendar[workflow]!.doneUntil;
    const { zone } = state;
    const times = timesAround(start['schedule'] as unknown as Schedule, after, { zone, days });
    return times.find((at) => at > after)!;
  });
  return Math.min(...next);
}

function timesAround(
  schedule: Schedule,
  instant: number,
  { zone, days }: { zone: string; days: number[] },
): number[] {
  const [hours, minutes] = schedule.at.split(':').map(Number) as [number, number];
  const today = localOf(instant, zone) - (localOf(instant, zone) % DAY);
  return days
    .map((n) => today + n * DAY)
    .filter((day) => isWished(schedule, day))
    .map((day) => instantOf(day + (hours * 60 + minutes) * 60_000, zone));
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

/** Whom an event means that waits: told of which, in the order in which they were asked about. */
export function startWaiting(
  state: RefState,
  asked: { who: Who; workflow: number }[],
  now: number,
): void {
  const starts: (() => void)[] = [];
  while (asked.length > 0) {
    const { who, workflow } = asked[0]!;
    const n = state.waiting.findIndex((one) => one.who === who && one.workflow === workflow);
    if (n === -1) break;
    asked.shift();
    const [{ fact }] = state.waiting.splice(n, 1) as [RefState['waiting'][number]];
    const definition = state.workflows[workflow]!;
    const segment = definition.start['segment'] as string;
    const rule: JsonObject = EVENT_SEGMENTS[segment] ?? { type: 'segment', segment };
    const clock = { now: fact.received, zone: state.zone, params: fact.params };
    const key = keyOf(definition, fact);
    for (const contact of state.contacts.values()) {
      if (!holds(rule, contact, clock)) continue;
      const { seq, at, params, depth } = fact;
      starts.push(() => enter(state, contact, { workflow, key, seq, at, params, depth }, now));
    }
  }
  for (const start of starts) start();
}

interface Entering {
  workflow: number;
  key: string;
  seq: number;
  at: number;
  params: JsonObject;
  depth: number;
}

/** A start that was decided elsewhere. */
function enter(
  state: RefState,
  contact: RefContact,
  { workflow, key, ...began }: Entering,
  now: number,
): void {
  const refuse = (reason: string): void =>
    void state.refusals.push({ who: contact.who, workflow, key, reason, at: now });
  begin(state, contact, {
    workflow,
    key,
    fact: { ...began, received: now },
    refuse,
    late: true,
  });
}

/** Starts by dates that have come, in their order. */
export function startByDates(state: RefState, contact: RefContact, now: number): void {
  const due = [...contact.dates].filter(([, at]) => at <= now).toSorted(byTime);
  for (const [workflow, at] of due) {
    const refuse = (reason: string): void =>
      void state.refusals.push({ who: contact.who, workflow, key: '', reason, at });
    if (state.states[workflow] !== 'active') refuse('inactive');
    else {
      const fact = { seq: 0, at, received: at, params: {}, depth: 0 };
      begin(state, contact, { workflow, key: '', fact, refuse, late: true });
    }
    lookAtDate(state, contact, workflow, at);
  }
}

function byTime([oneWorkflow, one]: [number, number], [otherWorkflow, other]: [number, number]) {
  return one - other || oneWorkflow - otherWorkflow;
}

import type { JsonObject } from '../../inbox/index.ts';
import { holds } from './test-reference-conditions.ts';
import { lookAtDate } from './test-reference-dates.ts';
import { begin, keyOf } from './test-reference-facts.ts';
import { firingAt, lastTime, nextTime, type Schedule } from './test-reference-schedules.ts';
import {
  contactOf,
  zoneOf,
  type RefContact,
  type RefRun,
  type RefState,
} from './test-reference-state.ts';
import { EVENT_SEGMENTS } from './test-segments.ts';
import type { Who } from './test-scenario.ts';

/** What the calendar of the workspace has to do at an instant; answers whether it did something. */
export function turnCalendar(state: RefState, now: number): void {
  for (const workflow of state.workflows.keys()) {
    const calendar = state.calendar[workflow]!;
    // A date that comes in a pause is refused, so it is looked for then too.
    if (calendar.lookAgain) lookAgain(state, workflow, now);
    calendar.lookAgain = false;
    if (state.states[workflow] !== 'active') continue;
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
  const after = calendar.doneUntil;
  calendar.doneUntil = now;
  for (const contact of state.contacts.values()) {
    if (!contact.segments.has(start['segment'] as string)) continue;
    const zone = zoneOf(state, contact, schedule.zone);
    const at = lastTime(schedule, { after, until: now, zone });
    if (at === undefined) continue;
    const firing = firingAt(at, zone);
    enter(state, contact, { workflow, key: '', seq: 0, at, params: {}, depth: 0, firing }, now);
  }
}

/** When it is time next for any workflow. */
export function nextRegular(state: RefState): number {
  const next = state.workflows.flatMap(({ start }, workflow) => {
    if (start['mode'] !== 'regular' || state.states[workflow] !== 'active') return [];
    const schedule = start['schedule'] as unknown as Schedule;
    const { doneUntil } = state.calendar[workflow]!;
    const contacts = [...state.contacts.values()];
    const zones =
      schedule.zone === 'contact'
        ? contacts.map((contact) => zoneOf(state, contact, schedule.zone))
        : [zoneOf(state, contacts[0]!, schedule.zone)];
    return zones.map((zone) => nextTime(schedule, doneUntil, zone));
  });
  return Math.min(Infinity, ...next);
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

/** Who was a member when a workflow began to start with them; answers whether anybody was. */
export function startMembers(state: RefState, now: number): boolean {
  const members = state.members.splice(0);
  for (const { who, workflow, at } of members) {
    const firing = `members ${at}`;
    const began = { workflow, key: '', seq: 0, at, params: {}, depth: 0, firing };
    enter(state, contactOf(state, who), began, now);
  }
  return members.length > 0;
}

interface Entering {
  workflow: number;
  key: string;
  seq: number;
  at: number;
  params: JsonObject;
  depth: number;
  firing?: string;
}

/** A start that was decided elsewhere. */
function enter(
  state: RefState,
  contact: RefContact,
  { workflow, key, firing, ...began }: Entering,
  now: number,
): void {
  const isSame = (run: RefRun) => run.workflow === workflow && run.firing === firing;
  // Who moved to another zone comes to the same time again, and who was two is meant twice.
  if (firing !== undefined && contact.runs.some(isSame)) return;
  const refuse = (reason: string): void =>
    void state.refusals.push({ who: contact.who, workflow, key, reason, at: now });
  if (state.states[workflow] !== 'active') return refuse('inactive');
  begin(state, contact, {
    workflow,
    key,
    fact: { ...began, received: now },
    refuse,
    late: true,
    ...(firing !== undefined && { firing }),
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

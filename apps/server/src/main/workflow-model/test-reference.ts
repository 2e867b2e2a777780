/**
 * A small engine for workflows: in memory, one contact at a time, with a clock that is told. It is
 * written from the language alone and knows nothing of batches.
 */
import type { JsonObject } from '../../inbox/index.ts';
import { begin, end, tell } from './test-reference-facts.ts';
import {
  isActive,
  type Draw,
  type RefContact,
  type RefFact,
  type RefRun,
  type RefState,
  type RefWorkflow,
} from './test-reference-state.ts';
import { moveInList } from './test-reference-acts.ts';
import { nextRegular, startByDates } from './test-reference-calendar.ts';
import { nextTurn } from './test-reference-segments.ts';
import { followTime } from './test-reference-time.ts';
import { step } from './test-reference-steps.ts';
import {
  APPS,
  PEOPLE,
  STATUSES,
  fieldsOf,
  type Status,
  type Deed,
  type Scenario,
  type Who,
} from './test-scenario.ts';

/** Who can be written to. */
export const ADDRESSED: readonly Who[] = ['ann', 'bob', 'cid'];

/** Who has a phone. */
export const PHONED: readonly Who[] = ['ann', 'cid', 'dan'];

export function createReference(scenario: Scenario, draw: Draw): RefState {
  return {
    scenario,
    workflows: [...(scenario.workflows as unknown as RefWorkflow[])],
    zone: scenario.zone,
    contacts: new Map(PEOPLE.map((who) => [who, newContact(who)])),
    states: scenario.workflows.map(() => 'active' as const),
    calendar: scenario.workflows.map(() => ({ doneUntil: scenario.start, lookAgain: false })),
    waiting: [],
    members: [],
    sends: [],
    refusals: [],
    codes: 0,
    caused: [],
    seq: 0,
    ids: 0,
    draw,
  };
}

function newContact(who: Who): RefContact {
  return {
    who,
    fields: {},
    segments: new Set(),
    followed: new Map(),
    dates: new Map(),
    events: [],
    unsubscribed: false,
    hasAddress: ADDRESSED.includes(who),
    hasPhone: PHONED.includes(who),
    devices: new Map(),
    orders: new Map(),
    hasFriend: false,
    runs: [],
    queue: [],
    outside: [],
    raced: false,
  };
}

/** Something arrives from outside, at this instant. */
export function arrive(state: RefState, deed: Deed, now: number): void {
  const contact = state.contacts.get(deed.who)!;
  followTime(state, contact, now - 1);
  const fact = (type: string, more: Partial<RefFact>): RefFact => {
    state.seq += 1;
    const { seq } = state;
    const base = { seq, type, at: now, received: now, params: {}, key: undefined, past: false };
    return { ...base, depth: 0, source: 'sdk', ...more };
  };
  if (deed.do === 'event') {
    const { params, key, past, ago, event: type } = deed;
    const told = fact(type, { params, key, past, at: now - ago });
    contact.events.push(told);
    return tell(state, contact, told);
  }
  if (deed.do === 'fields' || deed.do === 'date') {
    const changes = Object.entries(fieldsOf(deed, state.scenario)).flatMap(
      ([field, to]): JsonObject[] => {
        const from = contact.fields[field] ?? null;
        return from === to ? [] : [{ field, from, to }];
      },
    );
    if (changes.length === 0) return;
    for (const { field, to } of changes) contact.fields[field as string] = to!;
    return tell(
      state,
      contact,
      fact('FieldChanged', { params: { changes }, source: deed.do === 'date' ? 'api' : deed.by }),
    );
  }
  if (deed.do === 'report') return report(state, contact, deed.status, fact);
  if (deed.do === 'order') {
    const known = contact.orders.get(deed.id);
    const { status, total } = deed;
    if (known?.status === status && known.total === total) return;
    contact.orders.set(deed.id, { status, total });
    const externalOrderId = `${contact.who} ${deed.id}`;
    const params = { externalOrderId, status, totalCost: total };
    const told = fact(`order${status}`, { params, key: externalOrderId, source: 'api' });
    contact.events.push(told);
    return tell(state, contact, told);
  }
  if (deed.do === 'device') {
    const { n, pushes } = deed;
    return void contact.devices.set(n, { app: APPS[n]!, pushes });
  }
  if (deed.do === 'list') {
    const { list, into } = deed;
    return moveInList(state, contact, { list, into, depth: 0 }, now);
  }
  if (deed.do === 'stop') {
    const own = contact.runs.filter((run) => run.workflow === deed.workflow && isActive(run));
    return own.forEach((run) => end(state, run, 'stopped', now));
  }
  const { who, workflow, params } = deed;
  const refuse = (reason: string): void =>
    void state.refusals.push({ who, workflow, key: '', reason, at: now });
  if (state.states[workflow] !== 'active') return refuse('inactive');
  const by = { seq: 0, at: now, received: now, params, depth: 0 };
  begin(state, contact, { workflow, key: '', fact: by, refuse });
}

/** What became of the last text message: each stage that is reached first is told, and every visit. */
function report(
  state: RefState,
  contact: RefContact,
  status: Status,
  fact: (type: string, more: Partial<RefFact>) => RefFact,
): void {
  const send = state.sends.findLast(
    (one) =>
      one.who === contact.who && one.channel === 'sms' && one.decision === 'sent' && !one.cancelled,
  );
  if (!send) return;
  const [before, reached] = [send.reached, STATUSES.indexOf(status) + 1];
  send.reached = Math.max(before, reached);
  const types = [
    ...(before < 1 ? ['MessageSent'] : []),
    ...(before < 2 && reached >= 2 ? ['MessageDelivered'] : []),
    ...(reached === 3 ? ['MessageOpened'] : []),
    ...(reached === 4 ? ['MessageClicked'] : []),
  ];
  for (const type of types) {
    const told = fact(type, { send });
    contact.events.push(told);
    tell(state, contact, told);
  }
}

/** Lets everybody take the steps that are due, in the order of their instants, ties by run. */
export function stepAll(state: RefState, now: number): void {
  for (const contact of state.contacts.values()) stepContact(state, contact, now);
}

function stepContact(state: RefState, contact: RefContact, now: number): void {
  for (;;) {
    followTime(state, contact, now);
    startByDates(state, contact, now);
    const due = dueRuns(state, contact, now);
    const [run] = due;
    if (run) {
      // Steps that come late follow one another by rules of thumb, and so do acts of another run.
      const isLate = due.length > 1 && due.some(({ wake }) => wake !== now);
      contact.raced ||= isLate || contact.queue.some(({ by }) => by !== run);
      step(state, contact, run, now);
    } else if (contact.queue.length > 0) {
      for (const { apply } of contact.queue.splice(0)) apply(now);
    } else return;
  }
}

function dueRuns(state: RefState, { runs }: RefContact, now: number): RefRun[] {
  return runs
    .filter((run) => run.wake !== undefined && run.wake <= now)
    .filter((run) => state.states[run.workflow] === 'active')
    .toSorted((a, b) => a.wake! - b.wake! || a.id - b.id);
}

/** What runs asked of others is answered; says whether anything was. */
export function answerOutside(state: RefState, now: number): boolean {
  const answers = [...state.contacts.values()].flatMap(({ outside }) => outside.splice(0));
  for (const answer of answers) answer(now);
  return answers.length > 0;
}

/** When the next step of anybody is due of whom it is known. */
export function nextDue(state: RefState): number {
  const contacts = [...state.contacts.values()].filter(({ raced }) => !raced);
  const wakes = contacts.flatMap((contact) => [
    ...contact.runs.flatMap((run) => {
      const isOn = state.states[run.workflow] === 'active';
      return isOn && run.wake !== undefined ? [run.wake] : [];
    }),
    ...contact.dates.values(),
    nextTurn(state, contact)?.at ?? Infinity,
  ]);
  return Math.min(nextRegular(state), ...wakes);
}

/**
 * A small engine for workflows: in memory, one contact at a time, with a clock that is told. It is
 * written from the language alone and knows nothing of batches.
 */
import type { JsonObject } from '../../inbox/index.ts';
import { begin, tell } from './test-reference-facts.ts';
import {
  contactOf,
  isActive,
  type Draw,
  type RefContact,
  type RefFact,
  type RefRun,
  type RefState,
  type RefWorkflow,
} from './test-reference-state.ts';
import { merge } from './test-reference-merges.ts';
import { moveInList, setField } from './test-reference-acts.ts';
import { endByHand } from './test-reference-steering.ts';
import { nextRegular, startByDates } from './test-reference-calendar.ts';
import { nextTurn } from './test-reference-segments.ts';
import { followTime } from './test-reference-time.ts';
import { step } from './test-reference-steps.ts';
import {
  APPS,
  PEOPLE,
  fieldsOf,
  type Deed,
  type NamingDeed,
  type Scenario,
  type Who,
} from './test-scenario.ts';

export function createReference(scenario: Scenario, draw: Draw): RefState {
  const people = new Map(PEOPLE.map((who) => [who, newContact(who)]));
  return {
    scenario,
    workflows: [...(scenario.workflows as unknown as RefWorkflow[])],
    zone: scenario.zone,
    looksAt: scenario.start,
    contacts: new Map(people),
    people,
    merges: [],
    states: scenario.workflows.map(() => 'active' as const),
    calendar: scenario.workflows.map(() => ({ doneUntil: scenario.start, lookAgain: false })),
    waiting: [],
    members: [],
    steering: [],
    suppressed: new Map(),
    sends: [],
    refusals: [],
    codes: 0,
    caused: [],
    seq: 0,
    ids: 0,
    draw,
    happened: new Map(),
  };
}

function newContact(who: Who): RefContact {
  return {
    who,
    card: new Map(),
    fields: {},
    lists: new Set(),
    segments: new Set(),
    followed: new Map(),
    dates: new Map(),
    events: [],
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
export function arrive(state: RefState, deed: Exclude<Deed, NamingDeed>, now: number): void {
  if (deed.do === 'merge') return merge(state, { keep: deed.who, drop: deed.other }, now);
  const contact = contactOf(state, deed.who);
  // By the instant itself, too: an entry that time alone brings was not brought by what arrives then.
  followTime(state, contact, now);
  const fact = (type: string, more: Partial<RefFact>): RefFact => {
    state.seq += 1;
    const { seq } = state;
    const base = {
      seq,
      type,
      by: deed.who,
      at: now,
      received: now,
      params: {},
      key: undefined,
      past: false,
    };
    return { ...base, depth: 0, source: 'sdk', ...more };
  };
  if (deed.do === 'event') {
    const { params, key, past, ago, event: type } = deed;
    const told = fact(type, { params, key, past, at: now - ago });
    contact.events.push(told);
    return tell(state, contact, told);
  }
  if (deed.do === 'fields' || deed.do === 'date') {
    const set = fieldsOf(deed, state.scenario);
    const changes = Object.entries(set).flatMap(([field, to]): JsonObject[] => {
      const from = contact.fields[field] ?? null;
      return from === to ? [] : [{ field, from, to }];
    });
    for (const [field, value] of Object.entries(set)) setField(contact, { field, value }, now);
    if (changes.length === 0) return;
    return tell(
      state,
      contact,
      fact('FieldChanged', { params: { changes }, source: deed.do === 'date' ? 'api' : deed.by }),
    );
  }
  if (deed.do === 'order') {
    const externalOrderId = `${deed.who} ${deed.id}`;
    const known = contact.orders.get(externalOrderId);
    const { status, total } = deed;
    if (known?.status === status && known.total === total) return;
    contact.orders.set(externalOrderId, { status, total });
    const params = { externalOrderId, status, totalCost: total };
    const told = fact(`order${status}`, { params, key: externalOrderId, source: 'api' });
    contact.events.push(told);
    return tell(state, contact, told);
  }
  if (deed.do === 'device') {
    const { who: owner, n, pushes } = deed;
    return void contact.devices.set(`${owner} ${n}`, { app: APPS[n]!, pushes });
  }
  if (deed.do === 'list') {
    const { list, into } = deed;
    return moveInList(state, contact, { list, into, depth: 0 }, now);
  }
  if (deed.do === 'stop') {
    const own = contact.runs.filter((run) => run.workflow === deed.workflow && isActive(run));
    return own.forEach((run) => endByHand(state, run, now));
  }
  const { workflow, params } = deed;
  const { who } = contact;
  const refuse = (reason: string): void =>
    void state.refusals.push({ who, workflow, key: '', reason, at: now });
  if (state.states[workflow] !== 'active') return refuse('inactive');
  const by = { seq: 0, at: now, received: now, params, depth: 0 };
  begin(state, contact, { workflow, key: '', fact: by, refuse });
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
      // Of several people who are one by now: whose runs go first among those that began at once.
      const isTied = due.some(
        ({ who, startedAt }) => who !== run.who && startedAt === run.startedAt,
      );
      const isAhead = contact.queue.some(
        ({ by, isUrgent }) => by !== run || (isUrgent && isListenedTo(state, contact)),
      );
      contact.raced ||= isLate || isTied || isAhead;
      step(state, contact, run, now);
    } else if (contact.queue.length > 0) {
      const acts = contact.queue.splice(0).toSorted(urgentFirst);
      for (const { apply } of acts) apply(now);
    } else return;
  }
}

function urgentFirst(a: RefContact['queue'][number], b: RefContact['queue'][number]): number {
  return Number(b.isUrgent ?? false) - Number(a.isUrgent ?? false);
}

/** What an address says is heard between two steps, or after them: that is left open where anybody listens. */
function isListenedTo({ workflows }: RefState, { runs }: RefContact): boolean {
  const heard = JSON.stringify([workflows, runs.map(({ version }) => version)]);
  return heard.includes('MessageUnsubscribed');
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

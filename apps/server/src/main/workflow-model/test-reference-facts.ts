import type { JsonObject } from '../../inbox/index.ts';
import { lacks, passes } from './test-reference-conditions.ts';
import { followDates } from './test-reference-dates.ts';
import { tellsStatus } from './test-reference-messages.ts';
import { updateSegments } from './test-reference-segments.ts';
import {
  isActive,
  later,
  type EndReason,
  type RefContact,
  type RefFact,
  type RefRun,
  type RefState,
} from './test-reference-state.ts';

const DAY = 24 * 3_600_000;
/** A chain of causes that is longer starts nothing. */
const DEEPEST = 10;

/**
 * One fact: the change is made already; then segments, stops, waits that it ends, and starts. Entries
 * into segments are facts of their own, behind it.
 */
export function tell(state: RefState, contact: RefContact, fact: RefFact): void {
  const entered = updateSegments(state, contact, fact);
  react(state, contact, fact);
  for (const segment of entered) {
    state.seq += 1;
    const entry: RefFact = {
      ...fact,
      seq: state.seq,
      type: 'SegmentEntered',
      segment,
      params: {},
      key: undefined,
      at: fact.received,
      why: whyLate(fact),
    };
    react(state, contact, entry);
  }
}

function whyLate(fact: RefFact): 'past' | 'late' | undefined {
  if (fact.past) return 'past';
  return fact.received - fact.at > DAY ? 'late' : undefined;
}

/** Stops, then waits, then starts. */
export function react(state: RefState, contact: RefContact, fact: RefFact): void {
  followDates(state, contact, fact);
  for (const run of contact.runs.filter(isActive)) {
    if (run.version.stop.some((stop) => stops(stop, fact, run))) {
      end(state, run, 'stop', fact.received);
    }
  }
  for (const run of contact.runs.filter(isActive)) {
    if (run.since === undefined || run.heard || !isAwaited(fact, run)) continue;
    run.heard = true;
    run.heardUpTo = Math.max(run.heardUpTo, fact.seq);
    run.wake = fact.received;
  }
  state.workflows.forEach((_, workflow) => startBy(state, contact, fact, workflow));
}

/** The run's key by the fact that starts it. */
export function keyOf({ start }: { start: JsonObject }, fact: RefFact): string {
  const path = start['key'];
  if (typeof path === 'string') {
    const value = fact.params[path];
    if (value !== undefined && value !== null)
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fact.key ?? '';
}

function stops(stop: JsonObject, fact: RefFact, run: RefRun): boolean {
  if (stop['type'] === 'segment') return fact.segment === stop['segment'];
  if (!isMeant(stop, fact)) return false;
  if (stop['same_key'] === true && keyOf(run.version, fact) !== run.key) {
    return false;
  }
  return fact.at >= run.beganAt - lookback(stop);
}

/** An event or an order of a stop. A cancelled order is none, unless the status is asked for. */
function isMeant({ type: kind, event, where }: JsonObject, { type, params }: RefFact): boolean {
  if (kind !== 'order') return type === event && passes(where, params);
  if (!type.startsWith('order')) return false;
  const { status, totalCost: total } = params;
  if (status === 'CANCELLED' && !JSON.stringify(where ?? null).includes('status')) return false;
  return passes(where, { status: status!, total: total! });
}

function lookback({ lookback: length }: JsonObject): number {
  if (length === undefined) return 0;
  const { n, unit } = length as { n: number; unit: string };
  return later(0, n, unit, 'UTC');
}

function isAwaited(fact: RefFact, run: RefRun): boolean {
  const block = run.version.blocks[run.block]!;
  if (block['segment'] !== undefined) return fact.segment === block['segment'];
  const status = block['message_status'] as JsonObject | undefined;
  if (status) return tellsStatus(fact, run, status);
  return answers(fact, run, run.since!);
}

/** Whether an event is the one that the run's block waits for, since an instant. */
export function answers(fact: RefFact, run: RefRun, since: number): boolean {
  const block = run.version.blocks[run.block]!;
  if (fact.type !== block['event'] || fact.at < since) return false;
  if (block['same_key'] === true && keyOf(run.version, fact) !== run.key) return false;
  return passes(block['where'], fact.params);
}

/** Ends a run from outside; what it planned to send goes with it. */
export function end(state: RefState, run: RefRun, reason: EndReason, at: number): void {
  finish(run, 'stopped', at);
  run.reason = reason;
  for (const send of state.sends) if (send.run === run) send.cancelled = true;
}

/** A run is over. */
export function finish(run: RefRun, how: RefRun['state'], at: number): void {
  run.state = how;
  run.endedAt = at;
  run.wake = undefined;
  run.since = undefined;
  run.awaits = false;
}

function startBy(state: RefState, contact: RefContact, fact: RefFact, workflow: number): void {
  const definition = state.workflows[workflow]!;
  const { start } = definition;
  const heard = { ...fact };
  if (start['type'] === 'field_change') {
    if (fact.type !== 'FieldChanged') return;
    const change = (fact.params['changes'] as JsonObject[]).find(
      ({ field }) => field === start['field'],
    );
    if (!change) return;
    if (fact.source !== 'api' && start['any_source'] !== true) return;
    heard.params = change;
  } else if (start['type'] === 'segment') {
    if (start['mode'] !== 'entry' || fact.segment !== start['segment']) return;
  } else if (
    (start['type'] !== 'event' && start['type'] !== 'event_segment') ||
    fact.type !== start['event']
  ) {
    return;
  }
  if (state.states[workflow] !== 'active' || !passes(start['where'], fact.params)) return;
  const key = start['event'] === undefined ? '' : keyOf(definition, fact);
  const refuse = (reason: string): void =>
    void state.refusals.push({ who: contact.who, workflow, key, reason, at: fact.received });
  if (start['segment'] !== undefined && start['type'] === 'event') {
    if (!contact.segments.has(start['segment'] as string)) return refuse('segment');
  }
  if (lacks(start['segment'], fact.params)) return refuse('missing_parameter');
  if (start['type'] !== 'field_change') {
    const late = start['type'] === 'segment' ? fact.why : whyLate(fact);
    if (late) return refuse(late);
  }
  if (fact.depth > DEEPEST) return refuse('loop');
  if (start['type'] === 'event_segment') {
    return void state.waiting.push({ who: contact.who, workflow, fact });
  }
  begin(state, contact, { workflow, key, fact: heard, refuse });
}

interface Beginning {
  workflow: number;
  key: string;
  fact: Pick<RefFact, 'seq' | 'at' | 'received' | 'params' | 'depth' | 'segment'>;
  refuse: (reason: string) => void;
  /** Of a schedule. */
  firing?: string;
  /** It was decided before it came to the contact: stops since then count without a lookback. */
  late?: boolean;
}

/** The checks that look at the past, and the run. */
export function begin(
  state: RefState,
  contact: RefContact,
  { workflow, key, fact, refuse, firing, late = false }: Beginning,
): void {
  const { start, stop, limits, first } = state.workflows[workflow]!;
  for (const one of stop)
    if (prevents(state, contact, one, { workflow, key, fact, late })) return refuse('stop');
  const earlier = contact.runs.filter((run) => run.workflow === workflow);
  const tooSoon = (often: unknown, runs: RefRun[]): boolean => {
    const last = Math.max(...runs.map(({ startedAt }) => startedAt));
    if (runs.length === 0) return false;
    if (often === 'once') return true;
    const { n, unit } = often as { n: number; unit: string };
    return last > fact.received - later(0, n, unit, state.zone);
  };
  const { unique } = start;
  const sameKey = earlier.filter((run) => run.key === key);
  if (unique !== undefined && unique !== 'each' && fact.seq > 0 && tooSoon(unique, sameKey)) {
    return refuse('unique');
  }
  const alone = limits['one_at_a_time'] ?? true;
  const others = alone === 'contact' ? earlier : sameKey;
  if (alone !== false && others.some(isActive)) return refuse('one_at_a_time');
  const { reentry } = limits;
  if (reentry !== undefined && reentry !== 'always' && tooSoon(reentry, earlier)) {
    return refuse('reentry');
  }
  state.ids += 1;
  contact.runs.push({
    workflow,
    version: state.workflows[workflow]!,
    who: contact.who,
    firing,
    n: earlier.filter(({ who }) => who === contact.who).length,
    id: state.ids,
    key,
    startedAt: fact.received,
    beganAt: fact.at,
    params: fact.params,
    depth: fact.depth,
    // An entry is no event: what happened at its instant counts for a wait.
    heardUpTo: fact.segment === undefined ? fact.seq : 0,
    state: 'running',
    block: first,
    wake: fact.received,
    rests: false,
    since: undefined,
    heard: false,
    awaits: false,
    told: undefined,
    steps: [],
    endedAt: undefined,
    reason: undefined,
    converted: false,
  });
}

/** A stop event within its lookback before the start, or being in a stop segment. */
function prevents(
  state: RefState,
  contact: RefContact,
  stop: JsonObject,
  { workflow, key, fact, late }: Omit<Beginning, 'refuse' | 'firing'>,
): boolean {
  if (stop['type'] === 'segment') return contact.segments.has(stop['segment'] as string);
  if (stop['lookback'] === undefined && !late) return false;
  const from = fact.at - lookback(stop);
  return contact.events.some(
    (event) =>
      isMeant(stop, event) &&
      (fact.seq === 0 || (late ? event.seq !== fact.seq : event.seq < fact.seq)) &&
      event.at >= from &&
      event.at <= fact.received &&
      (stop['same_key'] !== true || keyOf(state.workflows[workflow]!, event) === key),
  );
}

import type { Json, JsonObject } from '../../inbox/index.ts';
import { holds } from './test-reference-conditions.ts';
import { answers, begin, end, react, tell } from './test-reference-facts.ts';
import {
  later,
  workflowOf,
  type RefBlock,
  type RefContact,
  type RefFact,
  type RefRun,
  type RefState,
} from './test-reference-state.ts';

/** What a block makes of a run that comes to it. */
type Outcome =
  | { exit: string }
  | { until: number; since?: number }
  /** It goes on when what it does was applied. */
  | { awaits: true }
  | { failed: true }
  | { end: true };

interface Standing {
  state: RefState;
  contact: RefContact;
  run: RefRun;
  block: RefBlock;
  now: number;
}

/** Lets a run take one step. */
export function step(state: RefState, contact: RefContact, run: RefRun, now: number): void {
  const block = workflowOf(state, run.workflow).blocks[run.block]!;
  const outcome = run.rests
    ? { exit: restedExit(run, block) }
    : visits[block.type]!({ state, contact, run, block, now });
  move(state, run, block, outcome, now);
  // What a step made true is heard before anybody takes another one; the step itself stands.
  for (const fact of state.caused.splice(0)) tell(state, contact, fact);
}

function restedExit(run: RefRun, { type }: RefBlock): string {
  if (run.told !== undefined) return run.told;
  if (type !== 'wait_for') return 'next';
  return run.heard ? 'happened' : 'timeout';
}

function move(state: RefState, run: RefRun, block: RefBlock, outcome: Outcome, now: number): void {
  if ('until' in outcome || 'awaits' in outcome) {
    run.state = 'waiting';
    run.rests = true;
    run.since = 'since' in outcome ? outcome.since : undefined;
    run.heard = false;
    run.awaits = 'awaits' in outcome;
    run.told = undefined;
    run.wake = 'until' in outcome ? outcome.until : undefined;
    return;
  }
  const failed = 'failed' in outcome;
  const goesOn =
    failed &&
    (Object.hasOwn(block.exits, 'failed') || ['email', 'one_from_many'].includes(block.type));
  const exit =
    'exit' in outcome
      ? outcome.exit
      : goesOn
        ? Object.hasOwn(block.exits, 'failed')
          ? 'failed'
          : 'next'
        : null;
  run.steps.push({ block: run.block, exit, at: now });
  if (exit === null) return end(state, run, failed ? 'failed' : 'completed', now);
  const target = block.exits[exit];
  run.rests = false;
  run.told = undefined;
  run.since = undefined;
  if (target === undefined) return end(state, run, 'completed', now);
  run.state = 'running';
  run.block = target;
}

/** A setting, from where it says that its value comes. */
function valueOf(setting: unknown, { params }: RefRun): Json | undefined {
  if (typeof setting !== 'object' || setting === null) return setting as Json;
  return params[(setting as { $event: string }).$event];
}

const visits: Record<string, (standing: Standing) => Outcome> = {
  timer({ state, run, block, now }) {
    const { wait, until } = block as {
      wait?: { n: unknown; unit: string };
      until?: { weekdays?: number[]; time: string; zone?: string };
    };
    const n = wait && valueOf(wait.n, run);
    if (wait && typeof n !== 'number') return { failed: true };
    const waited = wait ? later(now, n as number, wait.unit, state.zoneShift) : now;
    const instant = until ? nextUntil(waited, until, state.zoneShift) : waited;
    return instant > now ? { until: instant } : { exit: 'next' };
  },
  wait_until({ state, run, block, now }) {
    const { date, offset } = block as { date: unknown; offset?: { n: number; unit: string } };
    const text = valueOf(date, run);
    if (typeof text !== 'string' || !/^\d{4}-/.test(text)) return { failed: true };
    const moment = text.includes('T') ? Date.parse(text) : Date.parse(text) - state.zoneShift;
    const instant = offset ? later(moment, offset.n, offset.unit, state.zoneShift) : moment;
    return instant > now ? { until: instant } : { exit: 'next' };
  },
  wait_for({ state, contact, run, block, now }) {
    const cameAt = Math.min(run.wake ?? now, now);
    const { segment, timeout } = block as {
      segment?: string;
      timeout: { n: number; unit: string };
    };
    if (segment !== undefined) {
      if (contact.segments.has(segment)) return { exit: 'happened' };
    } else {
      const found = contact.events.find(
        (event) => event.seq > run.heardUpTo && answers(state, event, run, cameAt),
      );
      if (found) {
        run.heardUpTo = found.seq;
        return { exit: 'happened' };
      }
    }
    return { until: later(now, timeout.n, timeout.unit, state.zoneShift), since: cameAt };
  },
  if: ({ contact, run, block }) => ({
    exit: holds(block['condition'] as JsonObject, contact, run.params) ? 'yes' : 'no',
  }),
  switch({ contact, run, block }) {
    const conditions = block['conditions'] as JsonObject[];
    const at = conditions.findIndex((node) => holds(node, contact, run.params));
    return { exit: at === -1 ? 'else' : String(at + 1) };
  },
  split: ({ state, run }) => ({ exit: state.draw(run) }),
  update_fields: (standing) => updateFields(standing),
  add_to_list: (standing) => changeList(standing, true),
  remove_from_list: (standing) => changeList(standing, false),
  email: (standing) => send(standing),
  one_from_many: (standing) => send(standing),
  subscribe(standing) {
    const { contact, block } = standing;
    if (block['category'] !== undefined) return actLater(standing, () => 'next');
    if (!contact.hasAddress) return { failed: true };
    contact.unsubscribed = false;
    return { exit: 'next' };
  },
  unsubscribe(standing) {
    const { contact, block } = standing;
    if (block['category'] !== undefined) return actLater(standing, () => 'next');
    if (!contact.hasAddress) return { failed: true };
    contact.unsubscribed = true;
    return { exit: 'next' };
  },
  confirm(standing) {
    return standing.contact.hasAddress ? actLater(standing, () => 'next') : { failed: true };
  },
  create_contact(standing) {
    const { contact } = standing;
    return actLater(standing, () => {
      const exit = contact.hasFriend ? 'updated' : 'created';
      contact.hasFriend = true;
      return exit;
    });
  },
  start_workflow(standing) {
    startFirst(standing);
    return { exit: 'next' };
  },
  promo_code({ state, block }) {
    if (block['pool'] === '@E') return { exit: 'empty' };
    state.codes += 1;
    return { exit: 'ok' };
  },
  launch_event({ state, contact, run, block }) {
    const { params, depth, key } = run;
    contact.queue.push({
      by: run,
      apply: (now) => {
        const event = newFact(state, {
          type: block['event'] as string,
          now,
          params,
          depth: depth + 1,
        });
        if (key !== '') event.key = key;
        contact.events.push(event);
        tell(state, contact, event);
      },
    });
    return { exit: 'next' };
  },
  goal({ run }) {
    run.converted = true;
    return { exit: 'next' };
  },
  checkpoint: () => ({ exit: 'next' }),
  end: () => ({ end: true }),
};

function newFact(
  state: RefState,
  { type, now, params, depth }: { type: string; now: number; params: JsonObject; depth: number },
): RefFact {
  state.seq += 1;
  const { seq } = state;
  return {
    seq,
    type,
    at: now,
    received: now,
    params,
    key: undefined,
    past: false,
    depth,
    source: 'workflow',
  };
}

/** All changes of a block are one fact each field; one that cannot be made leaves all undone. */
function updateFields({ state, contact, run, block, now }: Standing): Outcome {
  const changes: { field: string; to: Json }[] = [];
  const { set, increment, decrement, clear } = block as Record<string, Record<string, unknown>>;
  for (const [field, value] of Object.entries(set ?? {})) {
    changes.push({ field, to: valueOf(value, run) ?? null });
  }
  for (const [of, sign] of [
    [increment, 1],
    [decrement, -1],
  ] as const) {
    for (const [field, value] of Object.entries(of ?? {})) {
      const by = valueOf(value, run);
      if (typeof by !== 'number') return { failed: true };
      changes.push({ field, to: ((contact.fields[field] as number) ?? 0) + sign * by });
    }
  }
  for (const field of (clear as unknown as string[]) ?? []) changes.push({ field, to: null });
  for (const { field, to } of changes) {
    const from = contact.fields[field] ?? null;
    if (from === to) continue;
    contact.fields[field] = to;
    const params = { changes: [{ field, from, to }] };
    const { depth } = run;
    state.caused.push(newFact(state, { type: 'FieldChanged', now, params, depth: depth + 1 }));
  }
  return { exit: 'next' };
}

function changeList(standing: Standing, into: boolean): Outcome {
  const { state, contact, run, block } = standing;
  const list = block['list'] as string;
  return actLater(standing, (now) => {
    moveInList(state, contact, { list, into, depth: run.depth + 1 }, now);
    return 'next';
  });
}

/** Something that is applied in its turn, and then lets the run go by an exit. */
function actLater({ contact, run }: Standing, apply: (now: number) => string): Outcome {
  const visit = run.steps.length;
  contact.queue.push({
    by: run,
    apply(now) {
      const exit = apply(now);
      if (!run.awaits || run.steps.length !== visit) return;
      run.awaits = false;
      run.told = exit;
      run.wake = now;
    },
  });
  return { awaits: true };
}

/** A message, if there is an address that may be written to. */
function send({ state, contact, run, block, now }: Standing): Outcome {
  const isFree = block['transactional'] === true || !contact.unsubscribed;
  const decision = contact.hasAddress && isFree ? 'sent' : 'refused';
  const { who } = contact;
  const of = { who, workflow: run.workflow, block: run.block, run, at: now };
  state.sends.push({ ...of, decision, cancelled: false });
  return decision === 'sent' ? { exit: 'next' } : { failed: true };
}

/** The first workflow is started by hand, as it were, in its turn. */
function startFirst({ state, contact, run }: Standing): void {
  const depth = run.depth + 1;
  contact.queue.push({
    by: run,
    apply(now) {
      const refuse = (reason: string): void =>
        void state.refusals.push({ who: contact.who, workflow: 0, key: '', reason, at: now });
      if (state.states[0] !== 'active') return refuse('inactive');
      if (depth > 10) return refuse('loop');
      const fact = { seq: 0, at: now, received: now, params: { n: 3 }, depth };
      begin(state, contact, { workflow: 0, key: '', fact, refuse });
    },
  });
}

/** Into a list or out of it; whoever enters tells it. */
export function moveInList(
  state: RefState,
  contact: RefContact,
  { list, into, depth }: { list: string; into: boolean; depth: number },
  now: number,
): void {
  if (!into) return void contact.segments.delete(list);
  if (contact.segments.has(list)) return;
  contact.segments.add(list);
  const fact = newFact(state, { type: 'SegmentEntered', now, params: {}, depth });
  react(state, contact, { ...fact, segment: list });
}

/** The first local instant, not before, of this time of day on one of these weekdays. */
function nextUntil(
  from: number,
  { weekdays, time, zone }: { weekdays?: number[]; time: string; zone?: string },
  zoneShift: number,
): number {
  const shift = zone === 'UTC' ? 0 : zoneShift;
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  const day = new Date(from + shift);
  day.setUTCHours(hours, minutes, 0, 0);
  const isWished = () => weekdays === undefined || weekdays.includes(day.getUTCDay() || 7);
  while (day.getTime() - shift < from || !isWished()) day.setUTCDate(day.getUTCDate() + 1);
  return day.getTime() - shift;
}

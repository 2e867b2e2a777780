import type { Json, JsonObject } from '../../inbox/index.ts';
import { begin, react, tell } from './test-reference-facts.ts';
import type { Channel } from './test-channels.ts';
import { addressesOf, addressOf, isClosed } from './test-reference-messages.ts';
import {
  personOf,
  type RefBlock,
  type RefContact,
  type RefFact,
  type RefRun,
  type RefState,
} from './test-reference-state.ts';

/** What a block makes of a run that comes to it. */
export type Outcome =
  | { exit: string }
  | { until: number; since?: number }
  /** It goes on when what it does was applied. */
  | { awaits: true }
  | { failed: true }
  | { end: true };

export interface Standing {
  state: RefState;
  contact: RefContact;
  run: RefRun;
  block: RefBlock;
  now: number;
}

/** A setting, from where it says that its value comes. */
export function valueOf(
  setting: unknown,
  { params }: RefRun,
  { fields }: RefContact,
): Json | undefined {
  if (typeof setting !== 'object' || setting === null) return setting as Json;
  const { $event, $contact } = setting as { $event?: string; $contact?: string };
  return $event === undefined ? fields[$contact!] : params[$event];
}

/** What it is to the contact, and to whom it is one with. */
export function setField(
  contact: RefContact,
  { field, value }: { field: string; value: Json },
  now: number,
): void {
  contact.card.set(field, { value, at: now });
  contact.fields[field] = value;
}

export function newFact(
  state: RefState,
  {
    type,
    by,
    now,
    params,
    depth,
  }: { type: string; by: RefContact; now: number; params: JsonObject; depth: number },
): RefFact {
  state.seq += 1;
  const { seq } = state;
  return {
    seq,
    type,
    by: by.who,
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
export function updateFields({ state, contact, run, block, now }: Standing): Outcome {
  const changes: { field: string; to: Json }[] = [];
  const { set, increment, decrement, clear } = block as Record<string, Record<string, unknown>>;
  for (const [field, value] of Object.entries(set ?? {})) {
    changes.push({ field, to: valueOf(value, run, contact) ?? null });
  }
  for (const [of, sign] of [
    [increment, 1],
    [decrement, -1],
  ] as const) {
    for (const [field, value] of Object.entries(of ?? {})) {
      const by = valueOf(value, run, contact);
      if (typeof by !== 'number') return { failed: true };
      changes.push({ field, to: ((contact.fields[field] as number) ?? 0) + sign * by });
    }
  }
  for (const field of (clear as unknown as string[]) ?? []) changes.push({ field, to: null });
  for (const { field, to } of changes) {
    const from = contact.fields[field] ?? null;
    setField(contact, { field, value: to }, now);
    if (from === to) continue;
    const params = { changes: [{ field, from, to }] };
    const { depth } = run;
    state.caused.push(
      newFact(state, { type: 'FieldChanged', by: contact, now, params, depth: depth + 1 }),
    );
  }
  return { exit: 'next' };
}

export function changeList(standing: Standing, into: boolean): Outcome {
  const { state, contact, run, block } = standing;
  const list = block['list'] as string;
  return actLater(standing, (now) => {
    moveInList(state, contact, { list, into, depth: run.depth + 1 }, now);
    return 'next';
  });
}

/** Something that is applied in its turn, and then lets the run go by an exit. */
export function actLater({ contact, run }: Standing, apply: (now: number) => string): Outcome {
  const letGo = letterGo(run);
  contact.queue.push({ by: run, apply: (now) => letGo(apply(now), now) });
  return { awaits: true };
}

/** Somebody else answers, and that lets the run go by an exit. */
export function askOutside({ contact, run }: Standing, exit: string): Outcome {
  const letGo = letterGo(run);
  contact.outside.push((now) => letGo(exit, now));
  return { awaits: true };
}

/** Lets the run go if it still waits where it is now. */
function letterGo(run: RefRun): (exit: string, now: number) => void {
  const visit = run.steps.length;
  return (exit, now) => {
    if (!run.awaits || run.steps.length !== visit) return;
    run.awaits = false;
    run.told = exit;
    run.wake = now;
  };
}

/** A message, to all addresses that may be written to. */
export function send({ state, contact, run, block, now }: Standing): Outcome {
  const channel = (block['channel'] ?? block.type) as Channel;
  const app = valueOf(block['app'], run, contact) as string | undefined;
  const address = addressOf(state, contact, channel);
  const found = addressesOf(state, contact, { channel, app, addresses: block['addresses'] });
  const deliveries = isClosed(state, address, block['transactional'] === true) ? 0 : found;
  const decision = deliveries > 0 ? 'sent' : 'refused';
  const { who } = contact;
  const of = { who, workflow: run.workflow, block: run.block, run, at: now };
  state.sends.push({
    ...of,
    channel,
    decision,
    deliveries: Array.from({ length: deliveries }, () => 'queued'),
    address,
    cancelled: false,
    told: new Set(),
  });
  return decision === 'sent' ? { exit: 'next' } : { failed: true };
}

/** Nothing is written there any more, which is told in its turn unless somebody had said so before. */
export function unsubscribe({ state, contact, run }: Standing, address: string): void {
  const reasons = state.suppressed.get(address) ?? new Set();
  state.suppressed.set(address, reasons);
  if (reasons.has('unsubscribed') || reasons.has('by workflow')) return;
  reasons.add('by workflow');
  contact.queue.push({
    by: run,
    isUrgent: true,
    apply: (now) => {
      const fact = newFact(state, {
        type: 'MessageUnsubscribed',
        by: contact,
        now,
        params: {},
        depth: run.depth + 1,
      });
      contact.events.push(fact);
      tell(state, contact, fact);
    },
  });
}

/** The first workflow is started by hand, as it were, in its turn. */
export function startFirst({ state, contact, run }: Standing): void {
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
  if (!into) {
    if (!contact.segments.delete(list)) return;
    const person = personOf(state, contact.who);
    for (const who of person) state.people.get(who)!.lists.delete(list);
    for (const merge of state.merges) merge.isOpen ||= person.includes(merge.drop);
    return;
  }
  if (contact.segments.has(list)) return;
  contact.segments.add(list);
  contact.lists.add(list);
  const fact = newFact(state, { type: 'SegmentEntered', by: contact, now, params: {}, depth });
  react(state, contact, { ...fact, segment: list });
}

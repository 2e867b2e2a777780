import { lookAtDate } from './test-reference-dates.ts';
import { end, react } from './test-reference-facts.ts';
import { newFact } from './test-reference-acts.ts';
import { ask } from './test-reference-segments.ts';
import {
  contactOf,
  isActive,
  note,
  personOf,
  type RefContact,
  type RefMerge,
  type RefRun,
  type RefState,
} from './test-reference-state.ts';
import { followTime } from './test-reference-time.ts';
import { SEGMENTS } from './test-segments.ts';
import type { Who } from './test-scenario.ts';

/** Two contacts are one person: all that is one's is the other's from now on. */
export function merge(
  state: RefState,
  { keep: keepWho, drop: dropWho }: { keep: Who; drop: Who },
  now: number,
): void {
  const [keep, drop] = [contactOf(state, keepWho), contactOf(state, dropWho)];
  if (keep === drop) return;
  for (const contact of [keep, drop]) followTime(state, contact, now);
  const ended = endDoubles(state, { keep, drop }, now);
  state.merges.push({ keep: keep.who, drop: drop.who, isUndone: false, isOpen: false, ended });
  state.contacts.delete(drop.who);
  joinCards(state, keep);
  takeOver(keep, drop);
  const entered = Object.keys(SEGMENTS).filter((segment) => ask(state, keep, segment, now));
  for (const segment of entered) {
    const fact = newFact(state, { type: 'SegmentEntered', by: keep, now, params: {}, depth: 0 });
    react(state, keep, { ...fact, segment, why: 'merge' });
  }
  hearMemberships(state, keep, now);
  for (const workflow of state.workflows.keys()) lookAtDate(state, keep, workflow, now);
}

/** Of two runs with one key the one that started first goes on; those of one contact stay side by side. */
function endDoubles(
  state: RefState,
  { keep, drop }: { keep: RefContact; drop: RefContact },
  now: number,
): RefMerge['ended'] {
  const active = [...keep.runs, ...drop.runs].filter(isActive);
  const ended: RefMerge['ended'] = [];
  for (const runs of Map.groupBy(active, ({ workflow, key }) => `${workflow} ${key}`).values()) {
    const first = runs.toSorted((a, b) => a.startedAt - b.startedAt)[0]!;
    const isKept = (run: RefRun) => keep.runs.includes(run) === keep.runs.includes(first);
    // Which of two that started at one instant was first is left open.
    keep.raced ||= runs.some((run) => !isKept(run) && run.startedAt === first.startedAt);
    for (const run of runs.filter((one) => !isKept(one))) {
      ended.push({ run, before: { ...run } });
      end(state, run, 'merged', now);
    }
  }
  return ended;
}

/** Of each field the value that was set later; of two of one instant the survivor's. */
function joinCards(state: RefState, contact: RefContact): void {
  const latest: RefContact['card'] = new Map();
  for (const who of personOf(state, contact.who)) {
    for (const [field, set] of state.people.get(who)!.card) {
      if (set.at > (latest.get(field)?.at ?? -Infinity)) latest.set(field, set);
    }
  }
  contact.fields = Object.fromEntries([...latest].map(([field, { value }]) => [field, value]));
}

function takeOver(keep: RefContact, drop: RefContact): void {
  keep.raced ||= drop.raced;
  for (const [device, facts] of drop.devices) keep.devices.set(device, facts);
  for (const [id, order] of drop.orders) keep.orders.set(id, order);
  for (const segment of drop.segments) keep.segments.add(segment);
  keep.events = [...keep.events, ...drop.events].toSorted((a, b) => a.seq - b.seq);
  keep.runs = [...keep.runs, ...drop.runs].toSorted((a, b) => a.id - b.id);
}

/** Whoever is in a segment now is in it for all runs: they stop, or have what they wait for. */
function hearMemberships(state: RefState, { runs, segments }: RefContact, now: number): void {
  for (const run of runs.filter(isActive)) {
    const isStopped = run.version.stop.some((stop) => segments.has(stop['segment'] as string));
    if (isStopped) end(state, run, 'stop', now);
  }
  for (const run of runs.filter(isActive)) {
    const awaited = run.version.blocks[run.block]!['segment'] as string;
    if (run.since === undefined || run.heard || !segments.has(awaited)) continue;
    run.heard = true;
    run.wake = now;
  }
}

/**
 * Two are two again, unless the survivor became one with somebody else since. Each has what came by
 * it; what began or was set while they were one stays with the survivor.
 */
export function undoMerge(state: RefState, merge: RefMerge, now: number): void {
  const keep = state.people.get(merge.keep)!;
  if (merge.isUndone || contactOf(state, merge.keep) !== keep) return;
  followTime(state, keep, now);
  merge.isUndone = true;
  note(state, 'merge is undone');
  const drop = state.people.get(merge.drop)!;
  state.contacts.set(drop.who, drop);
  keep.raced ||= merge.isOpen;
  giveBack(state, keep, drop);
  for (const standing of merge.ended) goOn(state, standing);
  for (const contact of [keep, drop]) {
    joinCards(state, contact);
    contact.segments = new Set(personOf(state, contact.who).flatMap(listsOf(state)));
    for (const segment of Object.keys(SEGMENTS)) ask(state, contact, segment, now);
    hearMemberships(state, contact, now);
    for (const workflow of state.workflows.keys()) lookAtDate(state, contact, workflow, now);
  }
}

function listsOf({ people }: RefState): (who: Who) => string[] {
  return (who) => [...people.get(who)!.lists];
}

function giveBack(state: RefState, keep: RefContact, drop: RefContact): void {
  const gone = new Set(personOf(state, drop.who));
  const isGone = (name: string) => gone.has(name.split(' ')[0] as Who);
  drop.raced = keep.raced;
  for (const things of ['devices', 'orders'] as const) {
    const own = [...keep[things]] as [string, never][];
    drop[things] = new Map(own.filter(([name]) => isGone(name)));
    keep[things] = new Map(own.filter(([name]) => !isGone(name)));
  }
  drop.events = keep.events.filter(({ by }) => gone.has(by));
  keep.events = keep.events.filter(({ by }) => !gone.has(by));
  drop.runs = keep.runs.filter(({ who }) => gone.has(who));
  keep.runs = keep.runs.filter(({ who }) => !gone.has(who));
  for (const send of state.sends) {
    if (send.who === keep.who && gone.has(send.run.who)) send.who = send.run.who;
  }
}

/** A run that ended because both were in one workflow goes on where it stood; what it was to send stays cancelled. */
function goOn(
  state: RefState,
  { run, before: { state: how, wake, since, awaits } }: RefMerge['ended'][number],
): void {
  // In a workflow that is archived nothing goes on.
  if (state.states[run.workflow] === 'archived') return;
  Object.assign(run, { state: how, wake, since, awaits, endedAt: undefined, reason: undefined });
  note(state, 'undone merge lets a run go on');
}

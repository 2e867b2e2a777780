import { lookAtDate } from './test-reference-dates.ts';
import { end, react } from './test-reference-facts.ts';
import { newFact } from './test-reference-acts.ts';
import { ask } from './test-reference-segments.ts';
import {
  contactOf,
  isActive,
  type RefContact,
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
  state.contacts.delete(drop.who);
  state.survivors.set(drop.who, keep.who);
  endDoubles(state, { keep, drop }, now);
  joinCards(keep, drop);
  takeOver(keep, drop);
  const entered = Object.keys(SEGMENTS).filter((segment) => ask(state, keep, segment, now));
  for (const segment of entered) {
    const fact = newFact(state, { type: 'SegmentEntered', now, params: {}, depth: 0 });
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
): void {
  const active = [...keep.runs, ...drop.runs].filter(isActive);
  for (const runs of Map.groupBy(active, ({ workflow, key }) => `${workflow} ${key}`).values()) {
    const first = runs.toSorted((a, b) => a.startedAt - b.startedAt)[0]!;
    const isKept = (run: RefRun) => keep.runs.includes(run) === keep.runs.includes(first);
    // Which of two that started at one instant was first is left open.
    keep.raced ||= runs.some((run) => !isKept(run) && run.startedAt === first.startedAt);
    for (const run of runs) if (!isKept(run)) end(state, run, 'stopped', now);
  }
}

/** Of each field the value that was set later; an address that somebody has stays. */
function joinCards(keep: RefContact, drop: RefContact): void {
  for (const [field, at] of drop.setAt) {
    if (at <= (keep.setAt.get(field) ?? -Infinity)) continue;
    keep.setAt.set(field, at);
    keep.fields[field] = drop.fields[field] ?? null;
  }
  if (!keep.hasAddress) keep.unsubscribed = drop.unsubscribed;
  keep.hasAddress ||= drop.hasAddress;
  keep.hasPhone ||= drop.hasPhone;
  keep.chats += drop.chats;
  keep.browsers += drop.browsers;
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
    if (isStopped) end(state, run, 'stopped', now);
  }
  for (const run of runs.filter(isActive)) {
    const awaited = run.version.blocks[run.block]!['segment'] as string;
    if (run.since === undefined || run.heard || !segments.has(awaited)) continue;
    run.heard = true;
    run.wake = now;
  }
}

import { cancelCalls } from '../../calls/index.ts';
import type { ContactState } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { JsonObject, MoveWay, SteerItem } from '../../inbox/index.ts';
import { refuseHeldOfRuns } from '../../sends/index.ts';
import type { CompiledVersion, WorkflowIndex } from '../../workflows/index.ts';
import { anySlot, type RunCapabilities } from '../capabilities.ts';
import { createCounts, type Counts } from '../counts.ts';
import { stopRunsNow, type StoppedRun } from '../stop-runs.ts';
import {
  findSteerable,
  movePlaces,
  noteSteered,
  type NewPlace,
  type SteeredRow,
} from './steer-queries.ts';

/** A wish to lead runs of one contact elsewhere. */
export interface Steer {
  contactId: number;
  workspaceId: number;
  workflowId: number;
  runId?: number | undefined;
  way: SteerItem['way'];
  /** When the wish arrived. */
  at: number;
}

/** How many runs it led, or why none. */
export interface Steered {
  n: number;
  refusal?: string;
}

interface Parts {
  index: WorkflowIndex;
  contacts: ReadonlyMap<number, ContactState>;
  now: number;
}

/** What a batch of wishes comes to. */
interface Steering {
  places: NewPlace[];
  stopped: StoppedRun[];
  /** Runs that leave their block without its exits: nobody comes back to what they waited for there. */
  taken: { contactId: number; runId: number }[];
  notes: { run: SteeredRow; type: string; exit: string; seen: JsonObject }[];
  counts: Counts;
}

/** Leads runs elsewhere; each is led once in a batch. Answers in the order of the wishes. */
export async function steerRuns(
  tx: Tx,
  capabilities: RunCapabilities,
  { steers, ...parts }: Parts & { steers: readonly Steer[] },
): Promise<Steered[]> {
  const runs = await findSteerable(tx, {
    contactIds: [...new Set(steers.map(({ contactId }) => contactId))],
    workflowIds: [...new Set(steers.map(({ workflowId }) => workflowId))],
  });
  const counts = createCounts();
  const steering: Steering = { places: [], stopped: [], taken: [], notes: [], counts };
  const led = new Set<number>();
  const told = steers.map((steer): Steered => {
    const own = runs.filter((run) => isMeant(run, steer) && !led.has(run.id));
    for (const run of own) led.add(run.id);
    return steer.way.kind === 'retry'
      ? retry(own, steer, { ...parts, capabilities, runs, steering })
      : move(own, steer.way, steer, { ...parts, steering });
  });
  const { places, stopped, taken, notes } = steering;
  const { now } = parts;
  const { cancelDeliveries, moves } = capabilities;
  await noteSteered(tx, { notes, now });
  await movePlaces(tx, { places });
  await leaveWaits(tx, { runs: taken, reason: 'moved', now: new Date(now) });
  await stopRunsNow(tx, { stopped, counts, cancelDeliveries, moves, now });
  if (steers[0]) await counts.write(tx, { slot: anySlot(capabilities, steers[0].contactId), now });
  return told;
}

/** What they waited for is not sent and not called any more; what was decided to leave, leaves. */
async function leaveWaits(
  tx: Tx,
  { runs, ...how }: { runs: Steering['taken']; reason: string; now: Date },
): Promise<void> {
  await refuseHeldOfRuns(tx, { runs, reason: how.reason });
  await cancelCalls(tx, { runs, ...how });
}

function isMeant(run: SteeredRow, { contactId, workflowId, runId, way }: Steer): boolean {
  if (run.contact_id !== contactId || run.workflow_id !== workflowId) return false;
  if (runId !== undefined && run.id !== runId) return false;
  if (way.kind === 'retry') return run.state === 'failed';
  return run.state !== 'failed' && run.version === way.from;
}

/** Runs that failed try the block again, unless nothing of them may go on. */
function retry(
  runs: readonly SteeredRow[],
  { workspaceId, workflowId, contactId, at }: Steer,
  {
    index,
    contacts,
    capabilities,
    runs: all,
    steering,
  }: Parts & { capabilities: RunCapabilities; runs: readonly SteeredRow[]; steering: Steering },
): Steered {
  const workflow = index.workspaces.get(workspaceId)?.workflows.get(workflowId);
  if (workflow?.state !== 'active' && workflow?.state !== 'paused') {
    return { n: 0, refusal: 'The workflow is not active.' };
  }
  const contact = contacts.get(contactId);
  if (!contact || contact.deletedAt !== null) return { n: 0, refusal: 'The contact is gone.' };
  let refusal = runs.length === 0 ? 'The run has not failed.' : undefined;
  let n = 0;
  for (const run of runs) {
    const version = index.findVersion(run.workflow_id, run.version);
    if (!version?.definition.blocks[run.block]) {
      refusal = 'Its version is not there any more.';
    } else if (isInTheWay(run, version, all)) {
      refusal = 'Another run of the contact is active by now.';
    } else {
      n += 1;
      steering.places.push({ ...placeOf(run), at });
      if (!run.test) {
        const { workflow_id: id, block } = run;
        steering.counts.add({ workflowId: id, version: run.version, block, what: 'failed' }, -1);
        const { depth } = run;
        capabilities.moves.note({ workspaceId, contactId, workflowId, depth, at });
      }
    }
  }
  return n === 0 && refusal !== undefined ? { n, refusal } : { n };
}

/** As for a start: no second active run with the same key, or none at all. */
function isInTheWay(
  run: SteeredRow,
  { definition }: CompiledVersion,
  runs: readonly SteeredRow[],
): boolean {
  const often = definition.limits.one_at_a_time;
  if (often === false || run.test) return false;
  return runs.some(
    (other) =>
      other.state !== 'failed' &&
      !other.test &&
      other.contact_id === run.contact_id &&
      other.workflow_id === run.workflow_id &&
      (often === 'contact' || other.key === run.key),
  );
}

function placeOf(run: SteeredRow): Omit<NewPlace, 'at'> {
  const { contact_id: contactId, id: runId, version, block, steps } = run;
  return { contactId, runId, version, block, steps };
}

/**
 * Runs of a version follow another one. One that stays on the same kind of block goes on waiting for
 * what it waits for; any other comes to its block anew.
 */
function move(
  runs: readonly SteeredRow[],
  way: MoveWay,
  { at }: Steer,
  { index, steering }: Parts & { steering: Steering },
): Steered {
  for (const run of runs) moveOne(run, way, { at, index, steering });
  return { n: runs.length };
}

function moveOne(
  run: SteeredRow,
  { from, to, blocks }: MoveWay,
  { at, index, steering }: { at: number; index: WorkflowIndex; steering: Steering },
): void {
  const target = Object.hasOwn(blocks, run.block) ? blocks[run.block]! : run.block;
  const before = index.findVersion(run.workflow_id, from)?.definition.blocks[run.block];
  const after =
    target === null ? undefined : index.findVersion(run.workflow_id, to)?.definition.blocks[target];
  if (target === null || !after) {
    steering.stopped.push({ run, reason: `moved to version ${to}`, at });
    return;
  }
  const stays = target === run.block && before?.type === after.type && run.state === 'waiting';
  const place = { ...placeOf(run), version: to, block: target };
  if (stays) steering.places.push(place);
  else {
    steering.places.push({ ...place, at, steps: run.steps + 1 });
    const { contact_id: contactId, id: runId } = run;
    steering.taken.push({ contactId, runId });
    const seen = { from_version: from, to_version: to, block: target };
    steering.notes.push({ run, type: before?.type ?? after.type, exit: 'moved', seen });
  }
  if (!run.test) countMove(run, { from, to, target }, steering.counts);
}

/** Each version's own counts say where its runs stand, so the run is one of the other version from its start. */
function countMove(
  { workflow_id: workflowId, block }: SteeredRow,
  { from, to, target }: { from: number; to: number; target: string },
  counts: Counts,
): void {
  counts.add({ workflowId, version: from, block: '', what: 'started' }, -1);
  counts.add({ workflowId, version: from, block, what: 'exit:moved' });
  counts.add({ workflowId, version: to, block: '', what: 'started' });
  counts.add({ workflowId, version: to, block: target, what: 'entered' });
}

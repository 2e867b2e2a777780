import { fieldTypesOf, readCustomRules, type ContactQuestions } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Slice, SliceOptions, Work, WorkKind } from '../../jobs/index.ts';
import {
  cancelVersion,
  computeKind,
  countWaiting,
  findSegment,
  finishVersion,
  forgetAnswers,
  forgetLiveAnswers,
  lockSegment,
  readSwapping,
  readVersion,
  recomputeDependents,
  saveAnswers,
  slotsAtOnce,
  swapSlots,
  usesEvent,
  type VersionRow,
} from '../../segments/index.ts';
import { lockSlots, readSlotCount } from '../../slots/index.ts';
import { listWorkspaces, raiseConfigVersion } from '../../workspaces/index.ts';
import { askSnapshot } from './ask-snapshot.ts';
import { passSlots } from './pass-slots.ts';
import { recordMoves } from './record-moves.ts';

/** Contacts, whose slots the transaction holds, whom a computation let in. */
export interface EnteredByComputation {
  workspaceId: number;
  segmentId: number;
  cause: string;
  contactIds: number[];
  /** One of the slots. */
  slot: number;
  now: Date;
}

/** What rooms to the right do and know. */
export interface ComputeParts {
  questions: ContactQuestions;
  /** What became of whom a computation let in: their stop segments act, and they do not start. */
  tellEntered: (tx: Tx, entered: EnteredByComputation) => Promise<void>;
}

/**
 * Finds the members of a version and puts them into the place of those that are kept:
 *
 * 1. *Pass*: takes and releases each slot, so that every batch that begins later knows the version
 *    and keeps its own answers for the contacts it touches.
 * 2. *Ask*: one snapshot answers for everybody else.
 * 3. *Swap*: some slots after the others, under their locks, the answers become the members. From the
 *    first slot on it goes to the last, since half a rule is none.
 *
 * Each is a slice or some, so that it goes on where it stood.
 */
export function computeWork(parts: ComputeParts): WorkKind {
  return { ...computeKind, slice: (tx, work, options) => slice(tx, parts, work, options) };
}

type Step = 'pass' | 'ask' | 'swap' | 'clean';

interface Cursor {
  step: Step;
}

async function slice(
  tx: Tx,
  parts: ComputeParts,
  work: Work,
  { now, leaving }: SliceOptions,
): Promise<Slice> {
  const { step } = (work.cursor ?? { step: 'pass' }) as unknown as Cursor;
  if (step === 'clean') return clean(tx, work);
  const which = versionOf(work);
  const swapping = await readSwapping(tx, which);
  if (swapping) return swap(tx, parts, { work, swapping, now });
  if (leaving) {
    await raiseConfigVersion(tx, work);
    if (await cancelVersion(tx, which)) return goOn('clean');
  }
  const own = await readVersion(tx, which);
  if (own?.computed_at) return FINISHED;
  if (own?.state !== 'computing') return goOn('clean');
  if (step === 'pass') {
    await passSlots(tx);
    return goOn('ask');
  }
  if (step === 'ask') return ask(tx, parts, { work, own, now });
  return swap(tx, parts, { work, swapping: own, now });
}

function versionOf({ input }: Work): { segmentId: number; version: number } {
  return { segmentId: Number(input['segment']), version: Number(input['version']) };
}

/** Its members are those of the segment, also where somebody cancelled it too late. */
const FINISHED: Slice = { cursor: { step: 'swap' }, next: 'finished', complete: true };

function goOn(step: Step): Slice {
  return { cursor: { step }, next: 'go on' };
}

async function ask(
  tx: Tx,
  { questions }: ComputeParts,
  { work: { workspaceId, ...work }, own, now }: { work: Work; own: VersionRow; now: Date },
): Promise<Slice> {
  const [workspace] = await listWorkspaces(tx, { ids: [workspaceId] });
  const question = {
    rule: own.definition,
    workspaceId,
    workspaceZone: workspace!.time_zone,
    workspaceCurrency: workspace!.currency,
    fields: fieldTypesOf(await readCustomRules(tx, { workspaceId })),
    questions,
    now,
  };
  // Without an event, nobody is a member of what takes values from one.
  const answers = usesEvent(own.definition)
    ? []
    : await askSnapshot(tx, { jobId: work.id, question });
  await saveAnswers(tx, { ...versionOf({ workspaceId, ...work }), answers });
  return { ...goOn('swap'), total: answers.reduce((sum, { n }) => sum + n, 0) };
}

/** The next slots; of the version whose swap has begun, which another job may have left so. */
async function swap(
  tx: Tx,
  { tellEntered }: ComputeParts,
  { work, swapping, now }: { work: Work; swapping: VersionRow; now: Date },
): Promise<Slice> {
  const { workspaceId } = work;
  const { segmentId, version: ownVersion } = versionOf(work);
  const { version, cause } = swapping;
  const slotCount = await readSlotCount(tx);
  const from = swapping.swapped ?? 0;
  const waiting = await countWaiting(tx, { segmentId, version, from });
  const slots = slotsAtOnce({ from, slotCount, waiting });
  const isLast = slots.at(-1)! + 1 === slotCount;
  await lockSlots(tx, { slots });
  // Before the segment, as whoever saves one takes them.
  if (isLast) await raiseConfigVersion(tx, { workspaceId });
  await lockSegment(tx, { workspaceId, id: segmentId });
  const segment = await findSegment(tx, { workspaceId, id: segmentId });
  const current = await readVersion(tx, { segmentId, version });
  if (!segment || !isStillAt(current, swapping)) return goOn('swap');
  const of = { segmentId, workspaceId, version, slots, slotCount, now };
  const { entered, left } = await swapSlots(tx, of);
  await recordMoves(tx, { ...of, name: segment.name, cause, entered, left });
  await tellEntered(tx, { ...of, cause, contactIds: entered, slot: from });
  const isOwn = version === ownVersion;
  const done = slots.reduce((sum, slot) => sum + (waiting.get(slot)?.answers ?? 0), 0);
  if (!isLast) return isOwn ? { ...goOn('swap'), done } : goOn('pass');
  await finishVersion(tx, of);
  await forgetAnswers(tx, of);
  await recomputeDependents(tx, { workspaceId, segmentId, now });
  return isOwn ? { ...FINISHED, done } : goOn('pass');
}

/** Nobody saved, deleted or swapped it between the look and the locks. */
function isStillAt(now: VersionRow | undefined, before: VersionRow): boolean {
  if (!now || now.computed_at !== null || now.swapped !== before.swapped) return false;
  return now.swapped !== null || now.state === 'computing';
}

/** Nothing stays of a version that is not wanted; what knew of it has ended when the slots are passed. */
async function clean(tx: Tx, work: Work): Promise<Slice> {
  await passSlots(tx);
  await forgetAnswers(tx, versionOf(work));
  await forgetLiveAnswers(tx, versionOf(work));
  return { cursor: { step: 'clean' }, next: 'finished' };
}

import type { Tx } from '../db/index.ts';
import { countMoves } from './count-moves.ts';
import { joinAnswers, planSwap } from './plan-swap.ts';
import {
  changeSizes,
  deleteMemberships,
  insertMemberships,
  readMembershipsOfSlots,
  writeMemberships,
} from './membership-queries.ts';
import { forgetLiveAnswers, readAnswers, readLiveAnswers } from './version-answers.ts';
import { setSwapped } from './version-queries.ts';

export interface SwappedSlots {
  entered: number[];
  left: number[];
}

interface SomeSlots {
  segmentId: number;
  workspaceId: number;
  /** Those that are dealt with, one after the other; the caller holds them. */
  slots: number[];
  /** How many the installation has. */
  slotCount: number;
  now: Date;
}

/**
 * Puts the members that a version has in some slots into the place of those that were kept. The
 * caller holds the slots, so that nobody changes them meanwhile, and tells who moved.
 */
export async function swapSlots(
  tx: Tx,
  { segmentId, workspaceId, version, slots, slotCount, now }: SomeSlots & { version: number },
): Promise<SwappedSlots> {
  const which = { segmentId, version, slots, workspaceId };
  const snapshot = await readAnswers(tx, which);
  const live = await readLiveAnswers(tx, which);
  const kept = await readMembershipsOfSlots(tx, { segmentId, slots });
  const at = now.getTime();
  const answers = joinAnswers({ snapshot, live });
  const plan = planSwap({ answers, kept, segmentId, workspaceId, at });
  await deleteMemberships(tx, { memberships: plan.removed });
  await writeMemberships(tx, { memberships: plan.changed, slots: slotCount });
  await insertMemberships(tx, { memberships: plan.added, slots: slotCount });
  const steps = [
    ...plan.entered.map((contactId) => ({ segmentId, workspaceId, contactId, by: 1 })),
    ...plan.left.map((contactId) => ({ segmentId, workspaceId, contactId, by: -1 })),
  ];
  await changeSizes(tx, { sizes: countMoves(steps, slotCount), at });
  await forgetLiveAnswers(tx, which);
  await setSwapped(tx, { segmentId, version, swapped: slots.at(-1)! + 1 });
  return { entered: plan.entered, left: plan.left };
}

/** Takes everybody out of some slots of a segment that is deleted, telling nobody. */
export async function emptySlots(
  tx: Tx,
  { segmentId, workspaceId, slots, slotCount, now }: SomeSlots,
): Promise<number> {
  const kept = await readMembershipsOfSlots(tx, { segmentId, slots });
  await deleteMemberships(tx, { memberships: kept });
  const left = kept.filter(({ member }) => member);
  const steps = left.map(({ contactId }) => ({ segmentId, workspaceId, contactId, by: -1 }));
  await changeSizes(tx, { sizes: countMoves(steps, slotCount), at: now.getTime() });
  return left.length;
}

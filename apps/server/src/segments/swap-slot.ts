import type { Tx } from '../db/index.ts';
import { countMoves } from './count-moves.ts';
import { joinAnswers, planSwap } from './plan-swap.ts';
import {
  changeSizes,
  deleteMemberships,
  readMembershipsOfSlot,
  whoIsThere,
  writeMemberships,
} from './membership-queries.ts';
import { forgetLiveAnswers, readAnswers, readLiveAnswers } from './version-answers.ts';
import { setSwapped } from './version-queries.ts';

export interface SwappedSlot {
  entered: number[];
  left: number[];
  /** Contacts that were answered for. */
  done: number;
}

/**
 * Puts the members that a version has in one slot into the place of those that were kept. The
 * caller holds the slot, so that nobody changes them meanwhile, and tells who moved.
 */
export async function swapSlot(
  tx: Tx,
  {
    segmentId,
    workspaceId,
    version,
    slot,
    slots,
    now,
  }: {
    segmentId: number;
    workspaceId: number;
    version: number;
    slot: number;
    slots: number;
    now: Date;
  },
): Promise<SwappedSlot> {
  const which = { segmentId, version, slot };
  const snapshot = await readAnswers(tx, which);
  const live = await readLiveAnswers(tx, which);
  const ids = [...snapshot, ...live].map(({ contactId }) => contactId);
  const there = await whoIsThere(tx, { workspaceId, contactIds: ids });
  const kept = await readMembershipsOfSlot(tx, { segmentId, slot });
  const at = now.getTime();
  const answers = joinAnswers({ snapshot, live, isThere: (id) => there.has(id) });
  const plan = planSwap({ answers, kept, segmentId, workspaceId, at });
  await deleteMemberships(tx, { memberships: plan.removed });
  await writeMemberships(tx, { memberships: plan.written, slots });
  const steps = [
    ...plan.entered.map((contactId) => ({ segmentId, workspaceId, contactId, by: 1 })),
    ...plan.left.map((contactId) => ({ segmentId, workspaceId, contactId, by: -1 })),
  ];
  await changeSizes(tx, { sizes: countMoves(steps, slots), at });
  await forgetLiveAnswers(tx, which);
  await setSwapped(tx, { segmentId, version, swapped: slot + 1 });
  return { entered: plan.entered, left: plan.left, done: snapshot.length };
}

/** Takes everybody out of one slot of a segment that is deleted, telling nobody. */
export async function emptySlot(
  tx: Tx,
  {
    segmentId,
    workspaceId,
    slot,
    slots,
    now,
  }: { segmentId: number; workspaceId: number; slot: number; slots: number; now: Date },
): Promise<number> {
  const kept = await readMembershipsOfSlot(tx, { segmentId, slot });
  await deleteMemberships(tx, { memberships: kept });
  const left = kept.filter(({ member }) => member);
  const steps = left.map(({ contactId }) => ({ segmentId, workspaceId, contactId, by: -1 }));
  await changeSizes(tx, { sizes: countMoves(steps, slots), at: now.getTime() });
  return left.length;
}

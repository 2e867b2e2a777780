import type { Tx } from '../../db/index.ts';
import type { Slice, SliceOptions, Work, WorkKind } from '../../jobs/index.ts';
import {
  countWaiting,
  DISSOLVE,
  emptySlots,
  findSegment,
  slotsAtOnce,
} from '../../segments/index.ts';
import { lockSlots, readSlotCount } from '../../slots/index.ts';
import { passSlots } from './pass-slots.ts';

/** Takes the members of a deleted dynamic segment away, unless it comes back meanwhile. */
export const dissolveWork: WorkKind = {
  kind: DISSOLVE,
  right: 'segments.write',
  // Who cancels it would be left with half of the members of what is not there.
  settles: true,
  about: ({ segment, name }) => ({ segment: segment!, name: name! }),
  slice,
};

async function slice(tx: Tx, work: Work, { now }: SliceOptions): Promise<Slice> {
  const { workspaceId, input, cursor } = work;
  const segmentId = Number(input['segment']);
  const slotCount = await readSlotCount(tx);
  if (cursor === null) {
    // Who evaluates contacts by the segment's rule has ended then.
    await passSlots(tx);
    return { cursor: { slot: 0 }, next: 'go on' };
  }
  const from = Number(cursor['slot']);
  const waiting = await countWaiting(tx, { segmentId, version: null, from });
  const slots = slotsAtOnce({ from, slotCount, waiting });
  await lockSlots(tx, { slots });
  const segment = await findSegment(tx, { workspaceId, id: segmentId });
  if (!segment?.archived_at) return { cursor, next: 'finished' };
  const done = await emptySlots(tx, { segmentId, workspaceId, slots, slotCount, now });
  const slot = slots.at(-1)! + 1;
  const isLast = slot === slotCount;
  return { cursor: { slot }, next: isLast ? 'finished' : 'go on', complete: isLast, done };
}

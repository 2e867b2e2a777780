import type { Tx } from '../../db/index.ts';
import type { Slice, SliceOptions, Work, WorkKind } from '../../jobs/index.ts';
import { DISSOLVE, emptySlot, findSegment } from '../../segments/index.ts';
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
  const slots = await readSlotCount(tx);
  if (cursor === null) {
    // Who evaluates contacts by the segment's rule has ended then.
    await passSlots(tx);
    return { cursor: { slot: 0 }, next: 'go on' };
  }
  const slot = Number(cursor['slot']);
  await lockSlots(tx, { slots: [slot] });
  const segment = await findSegment(tx, { workspaceId, id: segmentId });
  if (!segment?.archived_at) return { cursor, next: 'finished' };
  const done = await emptySlot(tx, { segmentId, workspaceId, slot, slots, now });
  return { cursor: { slot: slot + 1 }, next: slot + 1 < slots ? 'go on' : 'finished', done };
}

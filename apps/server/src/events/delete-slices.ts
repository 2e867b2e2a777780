import type { Tx } from '../db/index.ts';
import type { Slice, Work, WorkKind } from '../jobs/index.ts';
import { lockSlots, readSlotCount } from '../slots/index.ts';
import { dropCounts } from './count-facts.ts';
import {
  countMerges,
  deleteEvents,
  findSliceEnd,
  isWaiting,
  type EventRange,
} from './deletion-queries.ts';
import { listTypeIds } from './event-type-queries.ts';
import { FACT_FLAGS } from './fact.ts';

/** Rows of one slice. */
const AT_ONCE = 20_000;

/**
 * A pass over the events that are to go. A merge moves rows, perhaps behind its back, so the merges
 * are counted before and after, each time while no batch is under way: if there were none between,
 * the pass has seen all. A batch that began before the type was gone has ended by the first count.
 */
interface Pass {
  /** Merges when it began. */
  merges: number;
  /** Types that remain, and from when on the first of them does. */
  types: number[];
  from: string | null;
}

/** What is deleted of each type. */
type Which = Pick<EventRange, 'from' | 'to'> & { flag: number; by: Date | null };

async function deleteSlice(
  tx: Tx,
  work: Work,
  { which, findTypes, now }: { which: Which; findTypes: () => Promise<number[]>; now: Date },
): Promise<Slice> {
  const pass = work.cursor as unknown as Pass | null;
  if (!pass) return beginPass(tx, work, { types: await findTypes() });
  const [typeId, ...rest] = pass.types;
  if (typeId === undefined) return endPass(tx, work, { pass, types: await findTypes() });
  const from = pass.from === null ? which.from : new Date(pass.from);
  const end = await findSliceEnd(tx, { ...which, typeId, from, limit: AT_ONCE });
  const done = await deleteEvents(tx, { ...which, typeId, from, to: end ?? which.to, now });
  return end
    ? goOn({ ...pass, from: end.toISOString() }, done)
    : goOn({ ...pass, types: rest, from: null }, done);
}

async function beginPass(
  tx: Tx,
  { workspaceId, createdAt }: Work,
  { types }: { types: number[] },
): Promise<Slice> {
  // What was accepted before may still stand in a queue.
  if (await isWaiting(tx, { workspaceId, by: createdAt }))
    return { cursor: {}, next: 'look again' };
  return goOn({ merges: await mergesNow(tx, { workspaceId }), types, from: null });
}

async function endPass(
  tx: Tx,
  { workspaceId }: Work,
  { pass, types }: { pass: Pass; types: number[] },
): Promise<Slice> {
  const merges = await mergesNow(tx, { workspaceId });
  if (merges === pass.merges) return { cursor: { ...pass }, next: 'finished' };
  return goOn({ merges, types, from: null });
}

function goOn(pass: Pass, done = 0): Slice {
  return { cursor: { ...pass }, next: 'go on', done };
}

/** Waits for the batches under way, and keeps others from beginning until the commit, which is near. */
async function mergesNow(tx: Tx, { workspaceId }: { workspaceId: number }): Promise<number> {
  const n = await readSlotCount(tx);
  await lockSlots(tx, { slots: Array.from({ length: n }, (_, slot) => slot) });
  return countMerges(tx, { workspaceId });
}

/** The events of a type that is gone; its ID is never used again. */
export const typeDeletion: WorkKind = {
  kind: 'event_type.delete',
  right: 'settings.write',
  about: ({ event_type }) => ({ event_type: event_type ?? null }),
  async slice(tx, work, { now }) {
    const typeId = Number(work.input['event_type_id']);
    const slice = await deleteSlice(tx, work, {
      which: { from: null, to: null, flag: 0, by: null },
      findTypes: async () => [typeId],
      now,
    });
    if (slice.next === 'finished') await dropCounts(tx, { typeId });
    return slice;
  },
};

/** Events of a type and a time that were accepted before the deletion. */
export const rangeDeletion: WorkKind = {
  kind: 'events.delete',
  right: 'settings.write',
  about: ({ event_type, from, to, past_only }) => ({
    event_type: event_type ?? null,
    from: from ?? null,
    to: to ?? null,
    past_only: past_only ?? null,
  }),
  slice: (tx, work, { now }) =>
    deleteSlice(tx, work, {
      which: {
        from: new Date(work.input['from'] as string),
        to: new Date(work.input['to'] as string),
        flag: work.input['past_only'] === true ? FACT_FLAGS.past : 0,
        by: work.createdAt,
      },
      findTypes: async () => [Number(work.input['event_type_id'])],
      now,
    }),
};

/** Past events of a time, that were accepted before the deletion. */
export const pastDeletion: WorkKind = {
  kind: 'events.delete_past',
  right: 'settings.write',
  about: ({ from, to }) => ({ from: from ?? null, to: to ?? null }),
  slice: (tx, work, { now }) =>
    deleteSlice(tx, work, {
      which: {
        from: new Date(work.input['from'] as string),
        to: new Date(work.input['to'] as string),
        flag: FACT_FLAGS.past,
        by: work.createdAt,
      },
      findTypes: () => listTypeIds(tx, { workspaceId: work.workspaceId }),
      now,
    }),
};

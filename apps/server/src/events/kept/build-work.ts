import type { Tx } from '../../db/index.ts';
import type { Slice, Work, WorkKind } from '../../jobs/index.ts';
import { lockSlots, readSlotCount } from '../../slots/index.ts';
import { addTimes, retellTimes, type KeptTimes } from './kept-times.ts';
import { dropKeptType, holdUnbuilt, markBuilt } from './kept-types.ts';
import { KEPT_BUILD, KEPT_DROP } from './kinds.ts';

/** Slots of one slice: the events of the type are read once for all of them. */
const SLOTS_AT_ONCE = 4;

/** Rows of one slice that takes away. */
const ROWS_AT_ONCE = 20_000;

/**
 * Adds what contacts did before their type was kept, some slots at a time. From its first slice on
 * every batch writes rows for what it stores, in slots that are not built too: whoever has such a row
 * did something since, and is read anew under the slot's lock. Everybody else did just what was read
 * before it, so the lock is held only while the rows are written.
 */
export const keptBuild: WorkKind = {
  kind: KEPT_BUILD,
  right: 'contacts.read',
  about: ({ event_type }) => ({ event_type: event_type ?? null }),
  settles: true,
  async slice(tx, work, { now, leaving }): Promise<Slice> {
    const typeId = typeOf(work);
    const begunAt = new Date(work.input['begun_at'] as string);
    const done = { cursor: work.cursor ?? {}, next: 'finished' } as const;
    if (!(await holdUnbuilt(tx, { typeId, begunAt }))) return done;
    if (leaving) {
      await dropKeptType(tx, { typeId, now });
      return done;
    }
    const slots = await readSlotCount(tx);
    if (work.cursor === null) {
      await waitForBatches(tx, slots);
      return { cursor: { from: 0 }, next: 'go on', total: slots };
    }
    const from = work.cursor['from'] as number;
    const to = Math.min(from + SLOTS_AT_ONCE, slots);
    await buildSlots(tx, { typeId, from, to, slots });
    if (to === slots) await markBuilt(tx, { typeId, now });
    return { cursor: { from: to }, next: to === slots ? 'finished' : 'go on', done: to - from };
  },
};

/** Those that began before the type was kept do not know it. */
async function waitForBatches(tx: Tx, slots: number): Promise<void> {
  await lockSlots(tx, { slots: Array.from({ length: slots }, (_, slot) => slot) });
}

interface SlotRange {
  typeId: number;
  from: number;
  to: number;
  slots: number;
}

async function buildSlots(tx: Tx, range: SlotRange): Promise<void> {
  const read = await readTimes(tx, range);
  const { from, to, typeId } = range;
  await lockSlots(tx, { slots: Array.from({ length: to - from }, (_, n) => from + n) });
  const touched = await readTouched(tx, range);
  await addTimes(tx, { times: read.filter(({ contactId }) => !touched.has(contactId)) });
  await forgetGone(tx, range);
  await retellTimes(tx, { contactIds: [...touched], typeId });
}

/** Index events_by_type. */
async function readTimes(tx: Tx, { typeId, from, to, slots }: SlotRange): Promise<KeptTimes[]> {
  const { rows } = await tx.query<{ id: number; first_at: Date; last_at: Date; n: number }>(
    `select contact_id as id, min(occurred_at) as first_at, max(occurred_at) as last_at, count(*) as n
       from events
      where event_type_id = $1 and contact_id <> 0 and contact_id % $2 between $3 and $4
      group by contact_id
      order by contact_id`,
    [typeId, slots, from, to - 1],
  );
  return rows.map((row) => ({
    contactId: row.id,
    typeId,
    firstAt: row.first_at.getTime(),
    lastAt: row.last_at.getTime(),
    n: row.n,
  }));
}

/** Whoever has rows already. Index kept_times_of_type. */
async function readTouched(tx: Tx, { typeId, from, to, slots }: SlotRange): Promise<Set<number>> {
  const { rows } = await tx.query<{ id: number }>(
    `select contact_id as id from kept_times
      where event_type_id = $1 and contact_id % $2 between $3 and $4`,
    [typeId, slots, from, to - 1],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Contacts that were erased between the reading and the lock. */
async function forgetGone(tx: Tx, { typeId, from, to, slots }: SlotRange): Promise<void> {
  await tx.query(
    `delete from kept_times kept
      where kept.event_type_id = $1 and kept.contact_id % $2 between $3 and $4
        and not exists (select from contacts where contacts.id = kept.contact_id)`,
    [typeId, slots, from, to - 1],
  );
}

/** Takes away what is no longer kept. */
export const keptDrop: WorkKind = {
  kind: KEPT_DROP,
  right: 'contacts.read',
  about: ({ event_type }) => ({ event_type: event_type ?? null }),
  async slice(tx, work): Promise<Slice> {
    const done = await deleteSome(tx, { typeId: typeOf(work) });
    return { cursor: {}, next: done < ROWS_AT_ONCE ? 'finished' : 'go on', done };
  },
};

/** Not what is kept again. Index kept_times_of_type. */
async function deleteSome(tx: Tx, { typeId }: { typeId: number }): Promise<number> {
  const { rowCount } = await tx.query(
    `with part as (select contact_id from kept_times
                    where event_type_id = $1
                      and not exists (select from kept_types where event_type_id = $1)
                    limit $2)
     delete from kept_times kept
      using part
      where kept.contact_id = part.contact_id and kept.event_type_id = $1`,
    [typeId, ROWS_AT_ONCE],
  );
  return rowCount ?? 0;
}

function typeOf({ input }: Work): number {
  return Number(input['event_type_id']);
}

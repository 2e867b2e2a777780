import { copyRows } from '../db/binary-copy.ts';
import type { Db, Tx } from '../db/pool.ts';
import { encodeItems } from '../inbox/payload.ts';
import type { Lane, Stamped } from '../inbox/item.ts';

/** Told when slots' queues got work. */
export const SLOTS_CHANNEL = 'perennial_slots';

/** With it: look at everything, also at what no queue and no instant tells of. */
export const EVERYTHING = 'everything';

export const DEFAULT_SLOTS = 64;

/** Which slot owns a contact; `slots` is fixed when the database is created. */
export function slotOf(contactId: number, slots: number): number {
  return contactId % slots;
}

/** Locks at most `limit` free slots, beginning at `first` so that none starves. */
export async function lockFreeSlots(
  tx: Tx,
  { first, slots, limit }: { first: number; slots: number; limit: number },
): Promise<number[]> {
  const { rows } = await tx.query<{ slot: number }>(
    `select slot from slots
      order by (slot + $1) % $2
        for update skip locked
      limit $3`,
    [slots - (first % slots), slots, limit],
  );
  return rows.map((row) => row.slot);
}

/** Locks these slots, waiting for whoever has them; ascending, so that two waiters never meet. */
export async function lockSlots(tx: Tx, { slots }: { slots: number[] }): Promise<void> {
  await tx.query(`select slot from slots where slot = any($1) order by slot for update`, [slots]);
}

/** Puts items into their slots' queues: a row for each slot and lane. */
export async function enqueueStamped(
  tx: Tx,
  { stamped, slots }: { stamped: Stamped[]; slots: number },
): Promise<void> {
  const rows = new Map<string, { slot: number; lane: Lane; items: string[]; receivedAt: number }>();
  for (const entry of stamped) {
    const slot = slotOf(entry.contactId, slots);
    const key = `${slot} ${entry.lane}`;
    const row = rows.get(key);
    if (row) {
      row.items.push(JSON.stringify(entry));
      row.receivedAt = Math.min(row.receivedAt, entry.receivedAt);
    } else {
      const { lane, receivedAt } = entry;
      rows.set(key, { slot, lane, receivedAt, items: [JSON.stringify(entry)] });
    }
  }
  await copyRows(
    tx,
    'slot_queue',
    [
      ['slot', 'int4'],
      ['lane', 'int2'],
      ['n', 'int4'],
      ['received_at', 'timestamptz'],
      ['payload', 'bytea'],
    ],
    [...rows.values()].map((row) => [
      row.slot,
      row.lane,
      row.items.length,
      row.receivedAt,
      encodeItems(row.items),
    ]),
  );
  if (rows.size > 0) await tx.query(`notify ${SLOTS_CHANNEL}`);
}

/** Lets workers find what waits though it is not due: runs of a workflow that goes on. */
export async function wakeForEverything(tx: Tx): Promise<void> {
  await tx.query(`notify ${SLOTS_CHANNEL}, '${EVERYTHING}'`);
}

export async function readSlotCount(db: Db): Promise<number> {
  const { rows } = await db.query<{ slots: number }>(`select slots from installation`);
  if (!rows[0]) throw new Error('The database was not initialised: installation has no row.');
  return rows[0].slots;
}

/** The first start of a database: how many slots it has, for ever. */
export async function initialiseInstallation(
  db: Db,
  { slots = DEFAULT_SLOTS, now }: { slots?: number; now: Date },
): Promise<void> {
  await db.query(
    `insert into installation (slots, created_at) values ($1, $2) on conflict do nothing`,
    [slots, now],
  );
  await db.query(
    `insert into slots (slot)
     select generate_series(0, (select slots from installation) - 1)
         on conflict do nothing`,
  );
}

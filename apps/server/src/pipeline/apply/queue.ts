import { copyRows } from '../../db/binary-copy.ts';
import type { Tx } from '../../db/pool.ts';
import { decodeStamped, encodeItems, type Lane, type Stamped } from '../../inbox/index.ts';

/** An item taken from a slot's queue, and the row it stood in. */
export interface Queued extends Stamped {
  slot: number;
  seq: number;
}

/** Takes whole rows, interactive first and oldest first over all these slots, until they hold `limit` items. */
export async function takeQueue(
  tx: Tx,
  { slots, limit }: { slots: number[]; limit: number },
): Promise<Queued[]> {
  const { rows } = await tx.query<{ slot: number; lane: Lane; seq: number; payload: Buffer }>({
    name: 'take_queue',
    text: `with front as (
             select slot, lane, seq, sum(n) over (order by lane, seq) - n as before
               from unnest($1::integer[]) as mine (slot)
              cross join lateral (select lane, seq, n from slot_queue q
                                   where q.slot = mine.slot
                                   order by lane, seq
                                   limit 200) row
           )
           delete from slot_queue q
            using front
            where q.slot = front.slot and q.lane = front.lane and q.seq = front.seq and front.before < $2
           returning q.slot, q.lane, q.seq, q.payload`,
    values: [slots, limit],
  });
  return rows
    .toSorted((a, b) => a.lane - b.lane || a.seq - b.seq)
    .flatMap(({ slot, seq, payload }) =>
      decodeStamped(payload).map((entry) => ({ ...entry, slot, seq })),
    );
}

/** Returns items to the rows they came from: nothing may overtake them. */
export async function putBack(tx: Tx, { entries }: { entries: Queued[] }): Promise<void> {
  const rows = new Map<string, Queued[]>();
  for (const entry of entries) {
    const key = `${entry.slot} ${entry.lane} ${entry.seq}`;
    const row = rows.get(key);
    if (row) row.push(entry);
    else rows.set(key, [entry]);
  }
  // COPY keeps the given value of a generated identity.
  await copyRows(
    tx,
    'slot_queue',
    [
      ['slot', 'int4'],
      ['lane', 'int2'],
      ['seq', 'int8'],
      ['n', 'int4'],
      ['received_at', 'timestamptz'],
      ['payload', 'bytea'],
    ],
    [...rows.values()].map((row) => [
      row[0]!.slot,
      row[0]!.lane,
      row[0]!.seq,
      row.length,
      Math.min(...row.map((entry) => entry.receivedAt)),
      encodeItems(row.map(({ slot: _slot, seq: _seq, ...stamped }) => JSON.stringify(stamped))),
    ]),
  );
}

/** Arrival of the oldest item that still stands in each slot's queue. */
export async function oldestQueued(
  tx: Tx,
  { slots }: { slots: number[] },
): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ slot: number; oldest: Date }>({
    name: 'oldest_queued',
    text: `select mine.slot, least(
             (select received_at from slot_queue q where q.slot = mine.slot and q.lane = 0 order by seq limit 1),
             (select received_at from slot_queue q where q.slot = mine.slot and q.lane = 1 order by seq limit 1)
           ) as oldest
             from unnest($1::integer[]) as mine (slot)
            where exists (select from slot_queue q where q.slot = mine.slot)`,
    values: [slots],
  });
  return new Map(rows.map((row) => [row.slot, row.oldest.getTime()]));
}

/** By workspace: everything that arrived by this instant is in the slots' queues. */
export async function readMarks(tx: Tx): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ workspace_id: number; mark: Date }>(
    `select workspace_id, mark from resolvers`,
  );
  return new Map(rows.map((row) => [row.workspace_id, row.mark.getTime()]));
}

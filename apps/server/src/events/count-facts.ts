import type { Tx } from '../db/index.ts';

const QUARTER_MS = 15 * 60_000;
export const QUARTERS = 96;

/** Where deletions count down, which own no slot. */
export const NO_SLOT = -1;

/** The day, counted from 1970 in UTC, of an instant and which quarter of an hour of it. */
export function quarterOf(instant: number): { day: number; quarter: number } {
  const quarters = Math.floor(instant / QUARTER_MS);
  const day = Math.floor(quarters / QUARTERS);
  return { day, quarter: quarters - day * QUARTERS };
}

interface DayCounts {
  typeId: number;
  day: number;
  quarters: number[];
}

/**
 * Counts facts that were stored, or, by `times: -1`, that went. `slot` is one that the transaction
 * owns: nobody else writes its rows meanwhile.
 */
export async function countFacts(
  tx: Tx,
  {
    facts,
    slot,
    times = 1,
  }: {
    /** `n` of them at that time, else one. */
    facts: Iterable<{ typeId: number; occurredAt: number; n?: number }>;
    slot: number;
    times?: 1 | -1;
  },
): Promise<void> {
  const rows = byDay(facts, times);
  if (rows.length === 0) return;
  await tx.query({
    name: 'count_facts',
    text: `insert into event_counts as kept (event_type_id, day, slot, quarters)
           select event_type_id, date '1970-01-01' + day, $4::int, quarters::int[]
             from unnest($1::bigint[], $2::int[], $3::text[]) as row (event_type_id, day, quarters)
               on conflict on constraint event_counts_pkey do update
              set quarters = (select array_agg(before + more order by quarter)
                                from unnest(kept.quarters, excluded.quarters)
                                     with ordinality as both_of (before, more, quarter))`,
    values: [
      rows.map((row) => row.typeId),
      rows.map((row) => row.day),
      rows.map((row) => `{${row.quarters.join(',')}}`),
      slot,
    ],
  });
}

function byDay(
  facts: Iterable<{ typeId: number; occurredAt: number; n?: number }>,
  times: number,
): DayCounts[] {
  const rows = new Map<string, DayCounts>();
  for (const { typeId, occurredAt, n = 1 } of facts) {
    const { day, quarter } = quarterOf(occurredAt);
    const key = `${typeId} ${day}`;
    let row = rows.get(key);
    if (!row)
      rows.set(key, (row = { typeId, day, quarters: Array.from({ length: QUARTERS }, () => 0) }));
    row.quarters[quarter]! += n * times;
  }
  return [...rows.values()].toSorted((a, b) => a.typeId - b.typeId || a.day - b.day);
}

/** The first `most` events of these contacts by events_pkey, about to be erased, count no more. */
export async function uncountContacts(
  tx: Tx,
  { contactIds, most, slot }: { contactIds: number[]; most: number; slot: number },
): Promise<void> {
  const { rows } = await tx.query<{ type_id: number; quarter: Date; n: number }>(
    `select event_type_id as type_id, date_bin('15 minutes', occurred_at, 'epoch') as quarter, count(*) as n
       from (select event_type_id, occurred_at from events
              where contact_id = any($1)
              order by contact_id, event_type_id, occurred_at, id
              limit $2) as first
      group by 1, 2`,
    [contactIds, most],
  );
  const facts = rows.map(({ type_id: typeId, quarter, n }) => ({
    typeId,
    occurredAt: quarter.getTime(),
    n,
  }));
  await countFacts(tx, { facts, slot, times: -1 });
}

/** A type is gone, and its events go. */
export async function dropCounts(tx: Tx, { typeId }: { typeId: number }): Promise<void> {
  await tx.query(`delete from event_counts where event_type_id = $1`, [typeId]);
}

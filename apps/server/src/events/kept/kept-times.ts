import type { Tx } from '../../db/index.ts';
import type { Fact } from '../fact.ts';
import { dropSums } from './kept-sums.ts';
import { keptAmong } from './kept-types.ts';

/** All events of a type that a contact ever did, in short. */
export interface KeptTimes {
  contactId: number;
  typeId: number;
  firstAt: number;
  lastAt: number;
  n: number;
}

/**
 * Adds facts that are being stored to what is kept of their types. Asked for each time: the
 * transaction owns their slots by now, and whoever builds a slot's rows comes before or after it.
 */
export async function keepTimes(tx: Tx, { facts }: { facts: readonly Fact[] }): Promise<void> {
  const typeIds = [...new Set(facts.map(({ typeId }) => typeId))];
  const kept = await keptAmong(tx, { typeIds });
  if (kept.size === 0) return;
  const mine = facts.filter(({ typeId, contactId }) => contactId !== 0 && kept.has(typeId));
  await addTimes(tx, { times: joined(mine) });
}

function joined(facts: readonly Fact[]): KeptTimes[] {
  const times = new Map<string, KeptTimes>();
  for (const { contactId, typeId, occurredAt } of facts) {
    const key = `${contactId} ${typeId}`;
    const known = times.get(key);
    if (!known) {
      times.set(key, { contactId, typeId, firstAt: occurredAt, lastAt: occurredAt, n: 1 });
      continue;
    }
    known.firstAt = Math.min(known.firstAt, occurredAt);
    known.lastAt = Math.max(known.lastAt, occurredAt);
    known.n += 1;
  }
  return [...times.values()].toSorted((a, b) => a.contactId - b.contactId || a.typeId - b.typeId);
}

/** Index kept_times_pkey. */
export async function addTimes(tx: Tx, { times }: { times: readonly KeptTimes[] }): Promise<void> {
  if (times.length === 0) return;
  await tx.query({
    name: 'add_kept_times',
    text: `insert into kept_times as kept (contact_id, event_type_id, first_at, last_at, n)
           select *
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::bigint[])
               on conflict on constraint kept_times_pkey do update
              set first_at = least(kept.first_at, excluded.first_at),
                  last_at = greatest(kept.last_at, excluded.last_at),
                  n = kept.n + excluded.n`,
    values: [
      times.map((row) => row.contactId),
      times.map((row) => row.typeId),
      times.map((row) => new Date(row.firstAt).toISOString()),
      times.map((row) => new Date(row.lastAt).toISOString()),
      times.map((row) => row.n),
    ],
  });
}

/** Events of these contacts moved, in a transaction that owns their slots. */
export async function followMovedEvents(
  tx: Tx,
  { contactIds }: { contactIds: readonly number[] },
): Promise<void> {
  await retellTimes(tx, { contactIds });
  await dropSums(tx, { contactIds });
  await markTouched(tx, { contactIds });
}

/** Reads what is kept of these contacts from their events anew. Indexes kept_times_pkey, events_pkey. */
export async function retellTimes(
  tx: Tx,
  { contactIds, typeId }: { contactIds: readonly number[]; typeId?: number },
): Promise<void> {
  if (contactIds.length === 0) return;
  const typeIds = typeId === undefined ? await allKept(tx) : [typeId];
  if (typeIds.length === 0) return;
  await tx.query(`delete from kept_times where contact_id = any($1) and event_type_id = any($2)`, [
    contactIds,
    typeIds,
  ]);
  await tx.query(
    `insert into kept_times (contact_id, event_type_id, first_at, last_at, n)
     select contact_id, event_type_id, min(occurred_at), max(occurred_at), count(*)
       from events
      where contact_id = any($1) and event_type_id = any($2)
      group by contact_id, event_type_id`,
    [contactIds, typeIds],
  );
}

/**
 * Marks these contacts as touched for whoever builds the rows of a type just now and read their
 * events before: they may have none any more.
 */
async function markTouched(
  tx: Tx,
  { contactIds }: { contactIds: readonly number[] },
): Promise<void> {
  await tx.query(
    `insert into kept_times (contact_id, event_type_id, first_at, last_at, n)
     select contact_id, event_type_id, 'infinity', '-infinity', 0
       from unnest($1::bigint[]) as contact_id
      cross join kept_types
      where built_at is null
         on conflict on constraint kept_times_pkey do nothing`,
    [contactIds],
  );
}

async function allKept(tx: Tx): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>({
    name: 'all_kept',
    text: `select event_type_id as id from kept_types`,
    values: [],
  });
  return rows.map(({ id }) => id);
}

/** Nothing is kept of whoever is erased. */
export async function forgetTimes(
  tx: Tx,
  { contactIds }: { contactIds: readonly number[] },
): Promise<void> {
  await tx.query(`delete from kept_times where contact_id = any($1)`, [contactIds]);
  await dropSums(tx, { contactIds });
}

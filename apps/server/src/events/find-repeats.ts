import { createHash } from 'node:crypto';
import type { Tx } from '../db/pool.ts';

/** A message that may have been handled before. */
export interface Sighting {
  workspaceId: number;
  contactId: number;
  typeId: number;
  messageId: string;
  at: number;
  /** The sender gave the time, and it was believed. */
  ownTime: boolean;
  /** Other contacts that may have it. */
  elsewhere?: number[];
}

const DAY_MS = 86_400_000;

/**
 * Which of the messages were handled before, by index. Those with a time of their own are looked
 * up among the contact's events around it (a second try is corrected to another instant); of the
 * rest a hash is kept by day of arrival, and this call keeps the hashes of the new ones.
 */
export async function findRepeats(
  tx: Tx,
  { sightings, now }: { sightings: Sighting[]; now: Date },
): Promise<Set<number>> {
  const repeats = new Set<number>();
  const own = sightings.map((row, i) => ({ ...row, i })).filter((row) => row.ownTime);
  const rest = sightings.map((row, i) => ({ ...row, i })).filter((row) => !row.ownTime);
  const stored = await findStored(tx, own.flatMap(wherever));
  for (const row of own) {
    if (wherever(row).some((place) => stored.has(identity(place)))) repeats.add(row.i);
  }
  const seen = await rememberHashes(tx, { hashes: rest.map(hashOf), now });
  for (const row of rest) if (seen.has(hashOf(row))) repeats.add(row.i);
  return repeats;
}

/** With each contact that may have it. */
function wherever<Seen extends Sighting>(row: Seen): Seen[] {
  if (!row.elsewhere) return [row];
  return [row, ...row.elsewhere.map((contactId) => ({ ...row, contactId }))];
}

function identity(row: { contactId: number; typeId: number; messageId: string }): string {
  return `${row.contactId} ${row.typeId} ${row.messageId}`;
}

/**
 * Index events_pkey by contact, type and time; a day on either side. The order keeps it to that: of a
 * partition of which there are no statistics yet, its other index looks as cheap, and would read what
 * everybody did in two days for each message.
 */
async function findStored(tx: Tx, rows: Sighting[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const found = await tx.query<{ contact_id: number; event_type_id: number; message_id: string }>({
    name: 'find_repeats',
    text: `select e.contact_id, e.event_type_id, e.message_id
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::timestamptz[])
                  as sent (contact_id, type_id, message_id, after, before)
            cross join lateral (
              select * from events
               where contact_id = sent.contact_id and event_type_id = sent.type_id
                 and occurred_at between sent.after and sent.before
                 and message_id = sent.message_id
               order by occurred_at, id) e`,
    values: [
      rows.map((row) => row.contactId),
      rows.map((row) => row.typeId),
      rows.map((row) => row.messageId),
      rows.map((row) => new Date(row.at - DAY_MS).toISOString()),
      rows.map((row) => new Date(row.at + DAY_MS).toISOString()),
    ],
  });
  return new Set(
    found.rows.map((row) =>
      identity({ contactId: row.contact_id, typeId: row.event_type_id, messageId: row.message_id }),
    ),
  );
}

function hashOf({ workspaceId, messageId }: { workspaceId: number; messageId: string }): string {
  const digest = createHash('sha256').update(`${workspaceId} ${messageId}`).digest();
  return digest.readBigInt64BE(0).toString();
}

async function rememberHashes(
  tx: Tx,
  { hashes, now }: { hashes: string[]; now: Date },
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const distinct = [...new Set(hashes)].toSorted();
  const { rows } = await tx.query<{ hash: string }>(
    `select hash::text as hash from seen_messages where hash = any($1::bigint[])`,
    [distinct],
  );
  const seen = new Set(rows.map((row) => row.hash));
  await tx.query(
    `insert into seen_messages (hash, day)
     select hash, $2::date from unnest($1::bigint[]) as hash
         on conflict on constraint seen_messages_pkey do nothing`,
    [distinct.filter((hash) => !seen.has(hash)), now.toISOString().slice(0, 10)],
  );
  return seen;
}

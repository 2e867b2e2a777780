import { compileCondensed, condense, type CondensedPart } from '@perennial/conditions';
import type { Tx } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { addParts, type SumsKept, type SumsWanted } from './kept-sums.ts';
import { toEvent, type PartEvent } from './part-events.ts';

/** Events that are in memory at once. */
const PAGE = 5000;

const HOUR_MS = 3_600_000;
const PART_LENGTHS = [1, 24, 7 * 24, 30 * 24, 365 * 24].map((hours) => hours * HOUR_MS);

/** So many are read whenever the condition is asked. */
const MOST_PARTS = 1500;

/**
 * Reads what is asked of a contact's events of one type from all of them, once; it is kept where
 * they are more than `most`. The transaction owns the contact's slot and holds the type.
 */
export async function buildSums(
  tx: Tx,
  {
    wanted,
    most,
    keep,
    now,
  }: { wanted: readonly SumsWanted[]; most: number; keep: boolean; now: Date },
): Promise<SumsKept[]> {
  const { contactId, typeId } = wanted[0]!;
  const partMs = await partLength(tx, { contactId, typeId });
  const asking = wanted.map((one) => ({
    one,
    numbersOf: compileCondensed(one.question),
    parts: new Map<number, CondensedPart>(),
  }));
  let n = 0;
  for await (const event of eventsOf(tx, { contactId, typeId })) {
    n += 1;
    const at = event.occurredAt;
    const part = Math.floor(at / partMs);
    for (const { numbersOf, parts } of asking) {
      const numbers = numbersOf(event);
      if (numbers) parts.set(part, condense(parts.get(part), { part, at, numbers }));
    }
  }
  const sums = asking.map(({ one, parts }) => ({ ...one, partMs, parts: [...parts.values()] }));
  if (keep && n > most) await writeSums(tx, { sums, now });
  return sums;
}

async function writeSums(
  tx: Tx,
  { sums, now }: { sums: readonly SumsKept[]; now: Date },
): Promise<void> {
  await tx.query(
    `insert into kept_sums (contact_id, event_type_id, question_hash, question, part_ms, asked_at)
     select contact_id, type_id, decode(hash, 'hex'), question, part_ms, $6
       from unnest($1::bigint[], $2::bigint[], $3::text[], $4::jsonb[], $5::bigint[])
            as built (contact_id, type_id, hash, question, part_ms)`,
    [
      sums.map(({ contactId }) => contactId),
      sums.map(({ typeId }) => typeId),
      sums.map(({ hash }) => hash),
      sums.map(({ question }) => JSON.stringify(question)),
      sums.map(({ partMs }) => partMs),
      now,
    ],
  );
  await addParts(tx, { sums });
}

/** The shortest by which what the contact did falls into not too many parts. Index events_pkey. */
async function partLength(
  tx: Tx,
  { contactId, typeId }: { contactId: number; typeId: number },
): Promise<number> {
  const { rows } = await tx.query<{ first_at: Date | null; last_at: Date | null }>({
    name: 'times_of_sums',
    text: `select min(occurred_at) as first_at, max(occurred_at) as last_at
             from events
            where contact_id = $1 and event_type_id = $2`,
    values: [contactId, typeId],
  });
  const { first_at: first, last_at: last } = rows[0]!;
  const spanMs = first && last ? last.getTime() - first.getTime() : 0;
  return PART_LENGTHS.find((length) => spanMs / length <= MOST_PARTS) ?? PART_LENGTHS.at(-1)!;
}

/** All events of the type, from the oldest on. Index events_pkey. */
async function* eventsOf(
  tx: Tx,
  { contactId, typeId }: { contactId: number; typeId: number },
): AsyncGenerator<PartEvent> {
  let after: { at: Date | string; id: number } = { at: '-infinity', id: 0 };
  for (;;) {
    const { rows } = await tx.query<{
      id: number;
      occurred_at: Date;
      source: string;
      key: string | null;
      params: JsonObject | null;
      context: JsonObject | null;
    }>({
      name: 'events_of_sums',
      text: `select id, occurred_at, source, key, params, context
               from events
              where contact_id = $1 and event_type_id = $2
                and occurred_at >= $3 and (occurred_at, id) > ($3, $4)
              order by occurred_at, id
              limit $5`,
      values: [contactId, typeId, after.at, after.id, PAGE],
    });
    yield* rows.map(toEvent);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = { at: last.occurred_at, id: last.id };
  }
}

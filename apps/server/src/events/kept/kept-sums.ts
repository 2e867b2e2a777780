import {
  compileCondensed,
  condense,
  decimalText,
  exactDecimal,
  type CondensedPart,
  type CondensedQuestion,
} from '@perennial/conditions';
import type { Db, Tx } from '../../db/index.ts';
import type { Fact } from '../fact.ts';

const DAY_MS = 86_400_000;

/** Nobody asked for it in so long. */
const FORGOTTEN_MS = 30 * DAY_MS;

/** What a condition asks of the events of one contact. */
export interface SumsWanted {
  contactId: number;
  typeId: number;
  question: CondensedQuestion;
  /** Of the question, hexadecimal. */
  hash: string;
}

export interface SumsKept extends SumsWanted {
  partMs: number;
  parts: CondensedPart[];
}

interface StateRow {
  contact_id: number;
  event_type_id: number;
  hash: string;
  question: CondensedQuestion;
  part_ms: number;
  asked_at: Date;
}

/**
 * Which of these types exist; until the transaction ends none of their events are deleted. Whoever
 * deletes waits for that.
 */
export async function holdTypes(
  tx: Tx,
  { typeIds }: { typeIds: readonly number[] },
): Promise<Set<number>> {
  const { rows } = await tx.query<{ id: number }>({
    name: 'hold_types_of_sums',
    text: `select id from event_types where id = any($1) order by id for key share`,
    values: [typeIds],
  });
  return new Set(rows.map(({ id }) => id));
}

/** The events of the type will be deleted: nothing is kept of them until the transaction ends. */
export async function dropSumsOfType(tx: Tx, { typeId }: { typeId: number }): Promise<void> {
  await tx.query(`select from event_types where id = $1 for update`, [typeId]);
  await tx.query(`delete from kept_sum_parts where event_type_id = $1`, [typeId]);
  await tx.query(`delete from kept_sums where event_type_id = $1`, [typeId]);
}

/** Drops what is kept of these contacts, whose slots the transaction owns. Index kept_sums_pkey. */
export async function dropSums(
  tx: Tx,
  { contactIds, typeId }: { contactIds: readonly number[]; typeId?: number },
): Promise<void> {
  for (const table of ['kept_sum_parts', 'kept_sums']) {
    await tx.query(
      `delete from ${table}
        where contact_id = any($1) and ($2::bigint is null or event_type_id = $2)`,
      [contactIds, typeId ?? null],
    );
  }
}

/** Adds facts that are being stored to what is kept of their contacts; of few contacts is any. */
export async function keepSums(tx: Tx, { facts }: { facts: readonly Fact[] }): Promise<void> {
  const own = facts.filter(({ contactId }) => contactId !== 0);
  if (own.length === 0 || (await findStates(tx, own)).length === 0) return;
  await holdTypes(tx, { typeIds: [...new Set(own.map(({ typeId }) => typeId))] });
  const states = await findStates(tx, own);
  const now = Math.max(...own.map(({ receivedAt }) => receivedAt));
  const isForgotten = ({ asked_at: at }: StateRow): boolean => at.getTime() < now - FORGOTTEN_MS;
  await dropStates(tx, states.filter(isForgotten));
  const byPlace = Map.groupBy(own, (fact) => `${fact.contactId} ${fact.typeId}`);
  const added = states
    .filter((state) => !isForgotten(state))
    .map((state) => ({
      contactId: state.contact_id,
      typeId: state.event_type_id,
      question: state.question,
      hash: state.hash,
      partMs: state.part_ms,
      parts: partsOf(
        state.question,
        state.part_ms,
        byPlace.get(`${state.contact_id} ${state.event_type_id}`) ?? [],
      ),
    }));
  await addParts(tx, { sums: added });
}

/** The parts that hold these facts. */
function partsOf(
  question: CondensedQuestion,
  partMs: number,
  facts: readonly Fact[],
): CondensedPart[] {
  const numbersOf = compileCondensed(question);
  const parts = new Map<number, CondensedPart>();
  for (const fact of facts) {
    const numbers = numbersOf(fact);
    if (!numbers) continue;
    const part = Math.floor(fact.occurredAt / partMs);
    parts.set(part, condense(parts.get(part), { part, at: fact.occurredAt, numbers }));
  }
  return [...parts.values()];
}

/** Index kept_sums_pkey. */
async function findStates(
  db: Db,
  facts: readonly Pick<Fact, 'contactId' | 'typeId'>[],
): Promise<StateRow[]> {
  const { rows } = await db.query<StateRow>({
    name: 'find_kept_sums',
    text: `select contact_id, event_type_id, encode(question_hash, 'hex') as hash, question,
                  part_ms, asked_at
             from kept_sums
            where contact_id = any($1) and event_type_id = any($2)`,
    values: [
      [...new Set(facts.map(({ contactId }) => contactId))],
      [...new Set(facts.map(({ typeId }) => typeId))],
    ],
  });
  return rows;
}

async function dropStates(tx: Tx, states: readonly StateRow[]): Promise<void> {
  for (const { contact_id: contactId, event_type_id: typeId, hash } of states) {
    for (const table of ['kept_sum_parts', 'kept_sums']) {
      await tx.query(
        `delete from ${table}
          where contact_id = $1 and event_type_id = $2 and question_hash = decode($3, 'hex')`,
        [contactId, typeId, hash],
      );
    }
  }
}

/** Index kept_sum_parts_pkey. */
export async function addParts(
  tx: Tx,
  { sums }: { sums: readonly Omit<SumsKept, 'question' | 'partMs'>[] },
): Promise<void> {
  const rows = sums
    .flatMap((kept) => kept.parts.map((part) => ({ kept, part })))
    .toSorted((a, b) => a.kept.contactId - b.kept.contactId);
  if (rows.length === 0) return;
  const numbers = (read: (part: CondensedPart) => CondensedPart['sum']): (string | null)[] =>
    rows.map(({ part }) => {
      const number = read(part);
      return number === undefined ? null : decimalText(number);
    });
  await tx.query({
    name: 'add_kept_sum_parts',
    text: `insert into kept_sum_parts as kept (contact_id, event_type_id, question_hash, part,
                                               first_at, last_at, n, numbers, sum, least, greatest)
           select contact_id, type_id, decode(hash, 'hex'), part, first_at, last_at, n, numbers,
                  coalesce(sum, 0), least, greatest
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::timestamptz[],
                         $6::timestamptz[], $7::bigint[], $8::bigint[], $9::numeric[],
                         $10::numeric[], $11::numeric[])
                  as added (contact_id, type_id, hash, part, first_at, last_at, n, numbers, sum,
                            least, greatest)
               on conflict on constraint kept_sum_parts_pkey do update
              set first_at = least(kept.first_at, excluded.first_at),
                  last_at = greatest(kept.last_at, excluded.last_at),
                  n = kept.n + excluded.n,
                  numbers = kept.numbers + excluded.numbers,
                  sum = kept.sum + excluded.sum,
                  least = least(kept.least, excluded.least),
                  greatest = greatest(kept.greatest, excluded.greatest)`,
    values: [
      rows.map(({ kept }) => kept.contactId),
      rows.map(({ kept }) => kept.typeId),
      rows.map(({ kept }) => kept.hash),
      rows.map(({ part }) => part.part),
      rows.map(({ part }) => new Date(part.firstAt).toISOString()),
      rows.map(({ part }) => new Date(part.lastAt).toISOString()),
      rows.map(({ part }) => part.n),
      rows.map(({ part }) => part.numbers),
      numbers(({ sum }) => sum),
      numbers(({ least }) => least),
      numbers(({ greatest }) => greatest),
    ],
  });
}

interface PartRow {
  contact_id: number;
  event_type_id: number;
  hash: string;
  part: number;
  first_at: Date;
  last_at: Date;
  n: number;
  numbers: number;
  sum: string;
  least: string | null;
  greatest: string | null;
}

/**
 * What is kept of these; whoever asks holds their types. Those without a row are not among them.
 * Indexes kept_sums_pkey, kept_sum_parts_pkey.
 */
export async function readSums(
  tx: Tx,
  { wanted, now }: { wanted: readonly SumsWanted[]; now: Date },
): Promise<SumsKept[]> {
  const asked = new Map(wanted.map((one) => [placeOf(one), one]));
  const states = (await findStates(tx, wanted)).filter((row) => asked.has(placeOf(keyOf(row))));
  if (states.length === 0) return [];
  await markAsked(tx, { states, now });
  const { rows } = await tx.query<PartRow>({
    name: 'read_kept_sum_parts',
    text: `select part.contact_id, part.event_type_id, state.hash, part, first_at, last_at, n,
                  numbers, sum::text as sum, least::text as least, greatest::text as greatest
             from unnest($1::bigint[], $2::bigint[], $3::text[]) as state (contact_id, type_id, hash)
             join kept_sum_parts part
               on part.contact_id = state.contact_id and part.event_type_id = state.type_id
              and part.question_hash = decode(state.hash, 'hex')`,
    values: [
      states.map((row) => row.contact_id),
      states.map((row) => row.event_type_id),
      states.map(({ hash }) => hash),
    ],
  });
  const parts = Map.groupBy(rows, (row) => placeOf(keyOf(row)));
  return states.map((row) => {
    const place = placeOf(keyOf(row));
    return {
      ...asked.get(place)!,
      partMs: row.part_ms,
      parts: (parts.get(place) ?? []).map(toPart),
    };
  });
}

function keyOf(row: Pick<StateRow, 'contact_id' | 'event_type_id' | 'hash'>) {
  return { contactId: row.contact_id, typeId: row.event_type_id, hash: row.hash };
}

function placeOf({ contactId, typeId, hash }: Omit<SumsWanted, 'question'>): string {
  return `${contactId} ${typeId} ${hash}`;
}

function toPart(row: PartRow): CondensedPart {
  const read = (text: string | null) => (text === null ? undefined : exactDecimal(text));
  return {
    part: row.part,
    firstAt: row.first_at.getTime(),
    lastAt: row.last_at.getTime(),
    n: row.n,
    numbers: row.numbers,
    sum: row.numbers === 0 ? undefined : exactDecimal(row.sum),
    least: read(row.least),
    greatest: read(row.greatest),
  };
}

async function markAsked(
  tx: Tx,
  { states, now }: { states: readonly StateRow[]; now: Date },
): Promise<void> {
  const before = now.getTime() - DAY_MS;
  const old = states.filter(({ asked_at: at }) => at.getTime() < before);
  if (old.length === 0) return;
  await tx.query(
    `update kept_sums kept set asked_at = $4
       from unnest($1::bigint[], $2::bigint[], $3::text[]) as state (contact_id, type_id, hash)
      where kept.contact_id = state.contact_id and kept.event_type_id = state.type_id
        and kept.question_hash = decode(state.hash, 'hex')`,
    [
      old.map((row) => row.contact_id),
      old.map((row) => row.event_type_id),
      old.map(({ hash }) => hash),
      now,
    ],
  );
}

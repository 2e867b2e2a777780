import { copyRows } from '../db/binary-copy.ts';
import type { Tx } from '../db/pool.ts';
import type { Fact } from './fact.ts';
import { dropSums, keepSums } from './kept/kept-sums.ts';
import { keepTimes } from './kept/kept-times.ts';

export async function nextEventIds(tx: Tx, { n }: { n: number }): Promise<number[]> {
  if (n === 0) return [];
  const { rows } = await tx.query<{ id: number }>({
    name: 'next_event_ids',
    text: `select nextval('event_ids') as id from generate_series(1, $1)`,
    values: [n],
  });
  return rows.map((row) => row.id);
}

/**
 * Stores facts, with what is kept of their types. Sorted by contact: neighbours in the index are
 * written together.
 */
export async function insertFacts(tx: Tx, { facts }: { facts: Fact[] }): Promise<void> {
  const { crowds, others } = splitAlike(facts);
  for (const own of crowds) await insertAlike(tx, { fact: sameOf(own), contacts: own });
  await copyFacts(tx, others);
  await keepTimes(tx, { facts });
  await keepSums(tx, { facts });
}

async function copyFacts(tx: Tx, facts: readonly Fact[]): Promise<void> {
  await copyRows(
    tx,
    'events',
    [
      ['contact_id', 'int8'],
      ['id', 'int8'],
      ['event_type_id', 'int8'],
      ['occurred_at', 'timestamptz'],
      ['received_at', 'timestamptz'],
      ['workspace_id', 'int8'],
      ['source', 'text'],
      ['key', 'text'],
      ['message_id', 'text'],
      ['params', 'jsonb'],
      ['context', 'jsonb'],
      ['flags', 'int2'],
      ['source_contact_id', 'int8'],
    ],
    facts
      .toSorted((a, b) => a.contactId - b.contactId || a.typeId - b.typeId)
      .map((fact) => [
        fact.contactId,
        fact.id,
        fact.typeId,
        fact.occurredAt,
        fact.receivedAt,
        fact.workspaceId,
        fact.source,
        fact.key ?? null,
        fact.messageId ?? null,
        JSON.stringify(fact.params),
        fact.context ? JSON.stringify(fact.context) : null,
        fact.flags,
        fact.sourceContactId ?? null,
      ]),
  );
}

/** What facts that many contacts have alike say of each. */
export type SameFact = Pick<
  Fact,
  'workspaceId' | 'typeId' | 'occurredAt' | 'receivedAt' | 'source' | 'params' | 'flags'
> & { key: string };

/** One fact for each of these contacts, alike but for whose it is: the database writes them out. */
export async function insertSameFact(
  tx: Tx,
  { fact, contactIds }: { fact: SameFact; contactIds: number[] },
): Promise<void> {
  if (contactIds.length === 0) return;
  await insertAlike(tx, { fact, contacts: contactIds.map((contactId) => ({ contactId })) });
  await dropSums(tx, { contactIds, typeId: fact.typeId });
}

/** Facts without an ID get theirs here. */
async function insertAlike(
  tx: Tx,
  { fact, contacts }: { fact: SameFact; contacts: readonly { contactId: number; id?: number }[] },
): Promise<void> {
  await tx.query({
    name: 'insert_alike',
    text: `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, key,
                               params, flags)
           select contact_id, coalesce(id, nextval('event_ids')), $3, $4, $5, $6, $7, $8, $9, $10
             from unnest($1::bigint[], $2::bigint[]) as fact (contact_id, id)
            order by contact_id`,
    values: [
      contacts.map(({ contactId }) => contactId),
      contacts.map(({ id }) => id ?? null),
      fact.typeId,
      new Date(fact.occurredAt),
      new Date(fact.receivedAt),
      fact.workspaceId,
      fact.source,
      fact.key,
      fact.params,
      fact.flags,
    ],
  });
}

/** As many as are worth a statement of their own. */
const CROWD = 100;

/** Facts that differ only in whose they are, known by the parameters that they share, and the others. */
function splitAlike(facts: readonly Fact[]): { crowds: Fact[][]; others: readonly Fact[] } {
  if (facts.length < CROWD) return { crowds: [], others: facts };
  const groups = [...Map.groupBy(facts, ({ params }) => params).values()];
  const crowds = groups.filter((own) => own.length >= CROWD && areAlike(own));
  if (crowds.length === 0) return { crowds, others: facts };
  return { crowds, others: groups.filter((own) => !crowds.includes(own)).flat() };
}

function areAlike(facts: readonly Fact[]): boolean {
  const [first] = facts as [Fact];
  return facts.every(
    (fact) =>
      fact.key !== undefined &&
      fact.messageId === undefined &&
      fact.context === undefined &&
      fact.sourceContactId === undefined &&
      COMMON.every((name) => fact[name] === first[name]),
  );
}

const COMMON = [
  'workspaceId',
  'typeId',
  'occurredAt',
  'receivedAt',
  'source',
  'key',
  'flags',
] as const;

function sameOf([fact]: readonly Fact[]): SameFact {
  return fact as SameFact;
}

import { copyRows } from '../db/binary-copy.ts';
import type { Tx } from '../db/pool.ts';
import type { Fact } from './fact.ts';

export async function nextEventIds(tx: Tx, { n }: { n: number }): Promise<number[]> {
  if (n === 0) return [];
  const { rows } = await tx.query<{ id: number }>({
    name: 'next_event_ids',
    text: `select nextval('event_ids') as id from generate_series(1, $1)`,
    values: [n],
  });
  return rows.map((row) => row.id);
}

/** Sorted by contact: neighbours in the index are written together. */
export async function insertFacts(tx: Tx, { facts }: { facts: Fact[] }): Promise<void> {
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
      ]),
  );
}

/** Facts of merged contacts become the survivor's. */
export async function moveEvents(
  tx: Tx,
  { pairs }: { pairs: { keepId: number; dropId: number }[] },
): Promise<void> {
  await tx.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (drop_id, keep_id)),
          moved as (delete from events e using pair where e.contact_id = pair.drop_id returning e.*, pair.keep_id)
     insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source_contact_id,
                         source, key, message_id, params, context, flags)
     select keep_id, id, event_type_id, occurred_at, received_at, workspace_id, coalesce(source_contact_id, contact_id),
            source, key, message_id, params, context, flags
       from moved`,
    [pairs.map((pair) => pair.dropId), pairs.map((pair) => pair.keepId)],
  );
}

import type { Db, Tx } from '../../db/pool.ts';
import type { InboxItem, Lane } from '../../inbox/index.ts';
import { decodeItems } from '../../inbox/index.ts';
import type { IdentifierRow } from './directory.ts';
import type { IdentifierKind } from '../../inbox/index.ts';

/** Becomes the workspace's only resolver until the transaction ends, if nobody is. */
export async function lockResolver(
  tx: Tx,
  { workspaceId }: { workspaceId: number },
): Promise<boolean> {
  const { rows } = await tx.query(
    `select mark from resolvers where workspace_id = $1 for update skip locked`,
    [workspaceId],
  );
  return rows.length > 0;
}

export interface Arrived {
  item: InboxItem;
  lane: Lane;
  receivedAt: number;
}

/** Takes whole rows from the front of a lane until they hold `limit` items or the lane is empty. */
export async function takeInbox(
  tx: Tx,
  { workspaceId, lane, limit }: { workspaceId: number; lane: Lane; limit: number },
): Promise<Arrived[]> {
  const { rows } = await tx.query<{ seq: number; received_at: Date; payload: Buffer }>(
    `with front as (
       select seq, sum(n) over (order by seq) - n as before
         from (select seq, n from inbox
                where workspace_id = $1 and lane = $2
                order by seq
                limit $3) row
     )
     delete from inbox
      where workspace_id = $1 and lane = $2
        and seq in (select seq from front where before < $3)
     returning seq, received_at, payload`,
    [workspaceId, lane, limit],
  );
  return rows
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap((row) =>
      decodeItems(row.payload).map((item) => ({
        item,
        lane,
        receivedAt: row.received_at.getTime(),
      })),
    );
}

/** Arrival of the oldest item that still waits, in either lane. */
export async function oldestArrival(
  tx: Tx,
  { workspaceId }: { workspaceId: number },
): Promise<Date | null> {
  const { rows } = await tx.query<{ oldest: Date | null }>(
    `select least(
       (select received_at from inbox where workspace_id = $1 and lane = 0 order by seq limit 1),
       (select received_at from inbox where workspace_id = $1 and lane = 1 order by seq limit 1)
     ) as oldest`,
    [workspaceId],
  );
  return rows[0]?.oldest ?? null;
}

export async function setMark(
  tx: Db,
  { workspaceId, mark }: { workspaceId: number; mark: Date },
): Promise<void> {
  await tx.query(`update resolvers set mark = $2 where workspace_id = $1 and mark < $2`, [
    workspaceId,
    mark,
  ]);
}

/** Workspaces that are being resolved just now move their marks themselves. */
export async function advanceIdleMarks(db: Db, { mark }: { mark: Date }): Promise<void> {
  await db.query(
    `with idle as (
       select workspace_id from resolvers r
        where mark < $1 and not exists (select from inbox i where i.workspace_id = r.workspace_id)
          for update skip locked
     )
     update resolvers r set mark = $1 from idle where r.workspace_id = idle.workspace_id`,
    [mark],
  );
}

interface StoredIdentifier {
  kind: IdentifierKind;
  value: string;
  contact_id: number;
  source_contact_id: number | null;
  set_at: Date;
  weak: boolean;
  source: string;
  retired: boolean;
  formers: number[] | null;
  moved_at: Date | null;
}

const COLUMNS =
  'kind, value, contact_id, source_contact_id, set_at, weak, source, retired, formers, moved_at';

/** One look-up a kind, so that a cluster can send each value to its shard. */
export async function findIdentifiers(
  tx: Tx,
  { workspaceId, values }: { workspaceId: number; values: Map<IdentifierKind, Set<string>> },
): Promise<IdentifierRow[]> {
  const found: IdentifierRow[] = [];
  for (const [kind, wanted] of values) {
    const { rows } = await tx.query<StoredIdentifier>({
      name: 'find_identifiers',
      text: `select ${COLUMNS} from identifiers
              where workspace_id = $1 and kind = $2 and value = any($3)`,
      values: [workspaceId, kind, [...wanted]],
    });
    found.push(...rows.map(toRow));
  }
  return found;
}

/** Everything these contacts are found by; index identifiers_by_contact. */
export async function identifiersOfContacts(
  tx: Tx,
  { workspaceId, contactIds }: { workspaceId: number; contactIds: number[] },
): Promise<IdentifierRow[]> {
  const { rows } = await tx.query<StoredIdentifier>({
    name: 'identifiers_of_contacts',
    text: `select ${COLUMNS} from identifiers
            where contact_id = any($2) and workspace_id = $1`,
    values: [workspaceId, contactIds],
  });
  return rows.map(toRow);
}

/** External IDs by contact; index identifiers_by_contact. */
export async function externalIdsOf(
  tx: Tx,
  { contactIds }: { contactIds: number[] },
): Promise<Map<number, string>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await tx.query<{ contact_id: number; value: string }>({
    name: 'external_ids_of',
    text: `select contact_id, value from identifiers
            where contact_id = any($1) and kind = 'external_id' and not retired`,
    values: [contactIds],
  });
  return new Map(rows.map((row) => [row.contact_id, row.value]));
}

/** Which of these IDs are contacts of the workspace that were not merged away. */
export async function existingContacts(
  tx: Tx,
  { workspaceId, contactIds }: { workspaceId: number; contactIds: number[] },
): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `select id from contacts where id = any($2) and workspace_id = $1 and merged_into is null`,
    [workspaceId, contactIds],
  );
  return rows.map((row) => row.id);
}

export async function deletedContacts(
  tx: Tx,
  { workspaceId, contactIds }: { workspaceId: number; contactIds: number[] },
): Promise<number[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await tx.query<{ id: number }>(
    `select id from contacts where id = any($2) and workspace_id = $1 and deleted_at is not null`,
    [workspaceId, contactIds],
  );
  return rows.map((row) => row.id);
}

/** The first contact of each of these orders that is known. Index: order_owners_pkey. */
export async function findOrderOwners(
  tx: Tx,
  { workspaceId, externalOrderIds }: { workspaceId: number; externalOrderIds: string[] },
): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ external_order_id: string; contact_id: number }>(
    `select external_order_id, contact_id from order_owners
      where workspace_id = $1 and external_order_id = any($2)`,
    [workspaceId, externalOrderIds],
  );
  return new Map(rows.map((row) => [row.external_order_id, row.contact_id]));
}

export async function insertOrderOwners(
  tx: Tx,
  { workspaceId, orders }: { workspaceId: number; orders: [string, number][] },
): Promise<void> {
  if (orders.length === 0) return;
  await tx.query(
    `insert into order_owners (workspace_id, external_order_id, contact_id)
     select $1, * from unnest($2::text[], $3::bigint[])`,
    [workspaceId, orders.map(([id]) => id), orders.map(([, contactId]) => contactId)],
  );
}

export async function mintContactIds(tx: Tx, { n }: { n: number }): Promise<number[]> {
  if (n === 0) return [];
  const { rows } = await tx.query<{ id: number }>(
    `select nextval('contact_ids') as id from generate_series(1, $1)`,
    [n],
  );
  return rows.map((row) => row.id);
}

export async function deleteIdentifiers(
  tx: Tx,
  { workspaceId, rows }: { workspaceId: number; rows: IdentifierRow[] },
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `delete from identifiers i
      using unnest($2::text[], $3::text[], $4::bigint[]) as gone (kind, value, contact_id)
      where i.workspace_id = $1 and i.kind = gone.kind and i.value = gone.value
        and i.contact_id = gone.contact_id`,
    [workspaceId, rows.map((r) => r.kind), rows.map((r) => r.value), rows.map((r) => r.contactId)],
  );
}

export async function upsertIdentifiers(
  tx: Tx,
  { workspaceId, rows }: { workspaceId: number; rows: IdentifierRow[] },
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into identifiers (workspace_id, kind, value, contact_id, source_contact_id, set_at, weak, source, retired, moved_at, formers)
     select $1, kind, value, contact_id, source_contact_id, set_at, weak, source, retired, moved_at, formers::bigint[]
       from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::boolean[], $8::text[], $9::boolean[],
                   $10::timestamptz[], $11::text[])
            as row (kind, value, contact_id, source_contact_id, set_at, weak, source, retired, moved_at, formers)
         on conflict on constraint identifiers_pkey
         do update set set_at = excluded.set_at, weak = excluded.weak, source = excluded.source,
                       retired = excluded.retired, source_contact_id = excluded.source_contact_id,
                       moved_at = excluded.moved_at, formers = excluded.formers`,
    [
      workspaceId,
      rows.map((r) => r.kind),
      rows.map((r) => r.value),
      rows.map((r) => r.contactId),
      rows.map((r) => r.sourceContactId),
      rows.map((r) => new Date(r.setAt).toISOString()),
      rows.map((r) => r.weak),
      rows.map((r) => r.source),
      rows.map((r) => r.retired === true),
      rows.map((r) => (r.movedAt === undefined ? null : new Date(r.movedAt).toISOString())),
      rows.map((r) => (r.formers ? `{${r.formers.join()}}` : null)),
    ],
  );
}

function toRow(stored: StoredIdentifier): IdentifierRow {
  return {
    kind: stored.kind,
    value: stored.value,
    contactId: stored.contact_id,
    sourceContactId: stored.source_contact_id,
    setAt: stored.set_at.getTime(),
    weak: stored.weak,
    source: stored.source,
    ...(stored.retired && { retired: true }),
    ...(stored.formers && { formers: stored.formers }),
    ...(stored.moved_at && { movedAt: stored.moved_at.getTime() }),
  };
}

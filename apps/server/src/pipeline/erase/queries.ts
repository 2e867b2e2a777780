import type { Names } from '../../contact-rows/index.ts';
import type { Db, Tx } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';

export interface ErasureRow {
  id: number;
  contact_ids: number[];
  requested_by: string;
  requested_at: Date;
  erased_at: Date | null;
  removed: Record<string, number>;
}

const COLUMNS = 'id, contact_ids, requested_by, requested_at, erased_at, removed';

/** The contact that an ID means today, one that is deleted too. Indexes: identifiers_pkey, contacts_pkey. */
export async function findPerson(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<number | undefined> {
  const { rows } = await db.query<{ id: number }>(
    `select id from contacts
      where id = coalesce((select contact_id from identifiers
                            where workspace_id = $1 and kind = 'contact' and value = $2::bigint::text),
                          $2)
        and workspace_id = $1`,
    [workspaceId, id],
  );
  return rows[0]?.id;
}

export async function insertErasure(
  tx: Tx,
  erasure: { workspaceId: number; contactId: number; requestedBy: string; now: Date },
): Promise<ErasureRow> {
  const { rows } = await tx.query<ErasureRow>(
    `insert into erasures (workspace_id, contact_ids, requested_by, requested_at)
     values ($1, array[$2::bigint], $3, $4)
     returning ${COLUMNS}`,
    [erasure.workspaceId, erasure.contactId, erasure.requestedBy, erasure.now],
  );
  return rows[0]!;
}

/** One that was asked for and is not done yet. Index: erasures_contacts. */
export async function findOpenErasure(
  db: Db,
  { workspaceId, contactId }: { workspaceId: number; contactId: number },
): Promise<ErasureRow | undefined> {
  const { rows } = await db.query<ErasureRow>(
    `select ${COLUMNS} from erasures
      where contact_ids @> array[$2::bigint] and workspace_id = $1 and erased_at is null`,
    [workspaceId, contactId],
  );
  return rows[0];
}

export async function findErasure(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<ErasureRow | undefined> {
  const { rows } = await db.query<ErasureRow>(
    `select ${COLUMNS} from erasures where id = $2 and workspace_id = $1`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Newest first. Index: erasures_of_workspace. */
export async function listErasures(
  db: Db,
  {
    workspaceId,
    before,
    limit,
  }: { workspaceId: number; before?: number | undefined; limit: number },
): Promise<ErasureRow[]> {
  const { rows } = await db.query<ErasureRow>(
    `select ${COLUMNS} from erasures
      where workspace_id = $1 and ($2::bigint is null or id < $2)
      order by id desc limit $3`,
    [workspaceId, before ?? null, limit],
  );
  return rows;
}

/** Adds what was removed to what had been before; with an instant the certificate is complete. */
export async function noteErased(
  tx: Tx,
  erasure: {
    id: number;
    contactIds: number[];
    removed: Record<string, number>;
    erasedAt: Date | null;
  },
): Promise<void> {
  await tx.query(
    `update erasures e
        set contact_ids = $2, erased_at = $4,
            removed = (select coalesce(jsonb_object_agg(name, n), '{}')
                         from (select name, sum(n::bigint) as n
                                 from (select * from jsonb_each_text(e.removed)
                                       union all
                                       select * from jsonb_each_text($3)) as part (name, n)
                                group by name) as total)
      where id = $1`,
    [erasure.id, erasure.contactIds, JSON.stringify(erasure.removed), erasure.erasedAt],
  );
}

/** Indexes merges_pkey, merges_by_drop. */
export async function forgetMerges(
  tx: Tx,
  { contactIds }: { contactIds: number[] },
): Promise<number> {
  const { rowCount } = await tx.query(
    `delete from merges where keep_id = any($1) or drop_id = any($1)`,
    [contactIds],
  );
  return rowCount ?? 0;
}

/** How the person's orders are found; to be called while they are there. Index: order_owners_pkey. */
export async function forgetOrderOwners(
  tx: Tx,
  { workspaceId, contactIds }: { workspaceId: number; contactIds: number[] },
): Promise<void> {
  await tx.query(
    `delete from order_owners
      where workspace_id = $1
        and external_order_id = any(array(select external_order_id from orders where contact_id = any($2)))`,
    [workspaceId, contactIds],
  );
}

interface DeadItem {
  id: number;
  contact_id: number | null;
  item: Json;
  detail: string | null;
  reason: string;
  failed_at: Date;
}

/** Items that were never applied and were meant for the person, or name it. */
export async function findDeadEvents(
  db: Db,
  { workspaceId, contactIds, names }: { workspaceId: number; contactIds: number[]; names: Names },
): Promise<DeadItem[]> {
  const { rows } = await db.query<DeadItem>(
    `select id, contact_id, item::jsonb as item, detail, reason, failed_at from dead_events
      where workspace_id = $1
        and (contact_id = any($2)
          or exists (select from unnest($3::text[]) as piece
                      where strpos(item, piece) > 0 or strpos(coalesce(detail, ''), piece) > 0))
      order by id`,
    [workspaceId, contactIds, names.pieces],
  );
  return rows.filter(
    ({ contact_id: id, item, detail }) =>
      (id !== null && contactIds.includes(id)) || names.areIn([item, detail]),
  );
}

export async function forgetDeadEvents(
  tx: Tx,
  person: { workspaceId: number; contactIds: number[]; names: Names },
): Promise<number> {
  const meant = await findDeadEvents(tx, person);
  await tx.query(`delete from dead_events where id = any($1)`, [meant.map(({ id }) => id)]);
  return meant.length;
}

import type { Db, Tx } from '../db/index.ts';
import type { ReceivedMail } from './simulator/mail-readers.ts';
import type { StoredUser } from './simulator/world.ts';

export interface SampleRow {
  workspace_id: number;
  until: Date;
  reached_at: Date;
  finished_at: Date | null;
}

export async function insertSample(
  tx: Tx,
  { workspaceId, until, reachedAt }: { workspaceId: number; until: Date; reachedAt: Date },
): Promise<void> {
  await tx.query(`insert into samples (workspace_id, until, reached_at) values ($1, $2, $3)`, [
    workspaceId,
    until,
    reachedAt,
  ]);
}

/** An installation has one at most. */
export async function findSample(db: Db): Promise<SampleRow | undefined> {
  const { rows } = await db.query<SampleRow>(
    `select workspace_id, until, reached_at, finished_at from samples order by workspace_id limit 1`,
  );
  return rows[0];
}

export async function setReached(
  db: Db,
  { workspaceId, reachedAt }: { workspaceId: number; reachedAt: Date },
): Promise<void> {
  await db.query(`update samples set reached_at = $2 where workspace_id = $1`, [
    workspaceId,
    reachedAt,
  ]);
}

export async function setFinished(
  db: Db,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<void> {
  await db.query(`update samples set finished_at = $2 where workspace_id = $1`, [workspaceId, now]);
}

/** Items of the workspace that are not resolved yet. */
export async function countArrived(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await db.query<{ n: string }>(
    `select coalesce(sum(n), 0)::text as n from inbox where workspace_id = $1`,
    [workspaceId],
  );
  return Number(rows[0]!.n);
}

/** What stands in the queues of the slots, of all workspaces: they tell them not apart. */
export async function readQueues(
  db: Db,
): Promise<{ items: number; oldest: number | null; newest: number | null }> {
  const { rows } = await db.query<{ n: string; oldest: number | null; newest: number | null }>(
    `select coalesce(sum(n), 0)::text as n, min(seq) as oldest, max(seq) as newest from slot_queue`,
  );
  const { n, ...ends } = rows[0]!;
  return { items: Number(n), ...ends };
}

/** Keys of what the sample has made of a kind so far. */
export async function findIdsByKey(
  db: Db,
  {
    table,
    workspaceId,
  }: {
    table: 'messages' | 'workflows' | 'fields' | 'segments' | 'categories';
    workspaceId: number;
  },
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ key: string; id: number }>(
    `select key, id from ${table} where workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** The public key with which the simulator sends; null when it was revoked. */
export async function findWriteKey(
  db: Db,
  { workspaceId, name }: { workspaceId: number; name: string },
): Promise<string | undefined> {
  const { rows } = await db.query<{ shown: string }>(
    `select shown from keys
      where workspace_id = $1 and kind = 'write' and name = $2 and revoked_at is null
      order by id desc limit 1`,
    [workspaceId, name],
  );
  return rows[0]?.shown;
}

/** The newest of Stride's users; index contacts_external_id. */
export async function findUsers(
  db: Db,
  { workspaceId, limit }: { workspaceId: number; limit: number },
): Promise<StoredUser[]> {
  const { rows } = await db.query<StoredUser>(
    `select external_id, fields, last_seen_at
       from contacts
      where workspace_id = $1 and external_id like 'user-%'
        and deleted_at is null and merged_into is null
      order by id desc
      limit $2`,
    [workspaceId, limit],
  );
  return rows;
}

/** The newest delivery made before an instant; index deliveries_newest. */
export async function lastDeliveryBefore(
  db: Db,
  { workspaceId, before }: { workspaceId: number; before: Date },
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `select id from deliveries
      where workspace_id = $1 and created_at < $2
      order by id desc
      limit 1`,
    [workspaceId, before],
  );
  return rows[0]?.id ?? 0;
}

/** Index deliveries_newest. */
export async function findMailAfter(
  db: Db,
  { workspaceId, after, limit }: { workspaceId: number; after: number; limit: number },
): Promise<ReceivedMail[]> {
  const { rows } = await db.query<ReceivedMail>(
    `select m.delivery_id, m.address, m.content ->> 'html' as html
       from deliveries d
       join sandbox_messages m on m.contact_id = d.contact_id and m.delivery_id = d.id
      where d.workspace_id = $1 and d.id > $2 and d.channel = 'email'
        and m.content ? 'html'
      order by d.id
      limit $3`,
    [workspaceId, after, limit],
  );
  return rows;
}

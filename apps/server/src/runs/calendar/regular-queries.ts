import type { Schedule } from '@perennial/blocks';
import type { Db, Tx } from '../../db/index.ts';

export interface RegularStartRow {
  workflow_id: number;
  workspace_id: number;
  version: number;
  segment: string;
  schedule: Schedule;
  done_until: Date;
}

/**
 * Begins with what was activated or published since; forgets what is not active, for which nothing is
 * made up, and what starts otherwise by now.
 */
export async function renewRegularStarts(tx: Tx): Promise<void> {
  await tx.query(
    `delete from regular_starts r
      where not exists (
        select from workflows w
          join workflow_versions v on v.workflow_id = w.id and v.version = w.published_version
         where w.id = r.workflow_id and w.state = 'active' and v.definition #>> '{start,mode}' = 'regular')`,
  );
  await tx.query(
    `insert into regular_starts (workflow_id, workspace_id, version, activated_at, done_until, due_at)
     select w.id, w.workspace_id, v.version, begun.at, begun.at, begun.at
       from workflows w
       join workflow_versions v on v.workflow_id = w.id and v.version = w.published_version
      cross join lateral (select greatest(w.activated_at, v.published_at) as at) begun
      where w.state = 'active' and v.definition #>> '{start,mode}' = 'regular'
         on conflict on constraint regular_starts_pkey
         do update set version = excluded.version, activated_at = excluded.activated_at,
                       done_until = excluded.done_until, due_at = excluded.due_at
      where (regular_starts.version, regular_starts.activated_at) is distinct from (excluded.version, excluded.activated_at)`,
  );
}

/** The first that is due and nobody else has, until the transaction ends. */
export async function takeRegularStart(
  tx: Tx,
  { now }: { now: Date },
): Promise<RegularStartRow | undefined> {
  const { rows } = await tx.query<RegularStartRow>(
    `select r.workflow_id, r.workspace_id, r.version, r.done_until,
            v.definition #>> '{start,segment}' as segment, v.definition #> '{start,schedule}' as schedule
       from regular_starts r
       join workflow_versions v on v.workflow_id = r.workflow_id and v.version = r.version
      where r.due_at <= $1
      order by r.due_at, r.workflow_id
        for update of r skip locked
      limit 1`,
    [now],
  );
  return rows[0];
}

export async function moveRegularStart(
  tx: Tx,
  { workflowId, doneUntil, dueAt }: { workflowId: number; doneUntil: Date; dueAt: Date | null },
): Promise<void> {
  await tx.query(`update regular_starts set done_until = $2, due_at = $3 where workflow_id = $1`, [
    workflowId,
    doneUntil,
    dueAt,
  ]);
}

/** When it is time again for any of them. */
export async function nextRegularStart(db: Db): Promise<Date | undefined> {
  const { rows } = await db.query<{ due_at: Date | null }>(
    `select min(due_at) as due_at from regular_starts`,
  );
  return rows[0]?.due_at ?? undefined;
}

/** Zones that contacts of a workspace say they are in. */
export async function readZones(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<string[]> {
  const { rows } = await db.query<{ zone: string }>(
    `select distinct fields ->> 'time_zone' as zone
       from contacts
      where workspace_id = $1 and deleted_at is null and fields ? 'time_zone'`,
    [workspaceId],
  );
  return rows.map((row) => row.zone);
}

/** What these contacts say of their zone. Index contacts_pkey. */
export async function readZonesOf(
  db: Db,
  { contactIds }: { contactIds: readonly number[] },
): Promise<Map<number, string | null>> {
  const { rows } = await db.query<{ id: number; zone: string | null }>(
    `select id, fields ->> 'time_zone' as zone from contacts where id = any($1)`,
    [contactIds],
  );
  return new Map(rows.map((row) => [row.id, row.zone]));
}

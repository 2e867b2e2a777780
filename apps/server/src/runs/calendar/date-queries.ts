import type { Tx } from '../../db/index.ts';
import type { DueColumn } from '../../slots/index.ts';

/** Dates that start somebody. Index date_starts_due. */
export const datesDue: DueColumn = { table: 'date_starts', column: 'due_at' };

/** When a date of a contact starts a workflow; instants in epoch milliseconds. */
export interface DateStart {
  contactId: number;
  workflowId: number;
  workspaceId: number;
  slot: number;
  dueAt: number;
}

/** Puts starts where they belong now, whether they were there before or not. */
export async function saveDateStarts(
  tx: Tx,
  { starts }: { starts: readonly DateStart[] },
): Promise<void> {
  if (starts.length === 0) return;
  await tx.query({
    name: 'save_date_starts',
    text: `insert into date_starts (contact_id, workflow_id, workspace_id, slot, due_at)
           select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::timestamptz[])
               on conflict on constraint date_starts_pkey do update set due_at = excluded.due_at`,
    values: [
      starts.map((row) => row.contactId),
      starts.map((row) => row.workflowId),
      starts.map((row) => row.workspaceId),
      starts.map((row) => row.slot),
      starts.map((row) => new Date(row.dueAt).toISOString()),
    ],
  });
}

/** Index date_starts_pkey. */
export async function dropDateStarts(
  tx: Tx,
  { starts }: { starts: readonly { contactId: number; workflowId: number }[] },
): Promise<void> {
  if (starts.length === 0) return;
  await tx.query({
    name: 'drop_date_starts',
    text: `delete from date_starts d
            using unnest($1::bigint[], $2::bigint[]) as gone (contact_id, workflow_id)
            where d.contact_id = gone.contact_id and d.workflow_id = gone.workflow_id`,
    values: [starts.map((row) => row.contactId), starts.map((row) => row.workflowId)],
  });
}

export interface DueDateRow {
  contact_id: number;
  workflow_id: number;
  workspace_id: number;
  slot: number;
  due_at: Date;
}

/**
 * Due starts of these slots, the first of them first; bounds as for the steps of runs. Index
 * date_starts_due, one range a slot.
 */
export async function findDueDates(
  tx: Tx,
  due: { slots: number[]; until: Date; marks: string; queued: string; limit: number },
): Promise<DueDateRow[]> {
  const { rows } = await tx.query<DueDateRow>({
    name: 'find_due_dates',
    text: `select contact_id, workflow_id, workspace_id, slot, due_at
             from date_starts
            where slot = any($1) and due_at <= $2
              and due_at <= to_timestamp(($3::jsonb ->> workspace_id::text)::float8 / 1000)
              and due_at < coalesce(to_timestamp(($4::jsonb ->> slot::text)::float8 / 1000), 'infinity')
            order by due_at, contact_id, workflow_id
            limit $5`,
    values: [due.slots, due.until, due.marks, due.queued, due.limit],
  });
  return rows;
}

/** A workflow whose contacts' dates are being looked up. */
export interface DatePlanRow {
  workflow_id: number;
  workspace_id: number;
  version: number;
  activated_at: Date;
  after_contact: number;
  field: string;
}

/**
 * Begins to look up dates for what was activated or published since; forgets what is not live or
 * starts otherwise by now. In a pause too: a date that comes then is refused.
 */
export async function renewDatePlans(tx: Tx): Promise<void> {
  await tx.query(
    `delete from date_plans p
      where not exists (
        select from workflows w
          join workflow_versions v on v.workflow_id = w.id and v.version = w.published_version
         where w.id = p.workflow_id and w.state in ('active', 'paused')
           and v.definition #>> '{start,type}' = 'date')`,
  );
  await tx.query(
    `insert into date_plans (workflow_id, workspace_id, version, activated_at)
     select w.id, w.workspace_id, v.version, greatest(w.activated_at, v.published_at)
       from workflows w
       join workflow_versions v on v.workflow_id = w.id and v.version = w.published_version
      where w.state in ('active', 'paused') and v.definition #>> '{start,type}' = 'date'
         on conflict on constraint date_plans_pkey
         do update set version = excluded.version, activated_at = excluded.activated_at, after_contact = 0,
                       finished = false
      where (date_plans.version, date_plans.activated_at) is distinct from (excluded.version, excluded.activated_at)`,
  );
}

/** One that is not looked through yet, and that nobody else has, until the transaction ends. */
export async function takeDatePlan(tx: Tx): Promise<DatePlanRow | undefined> {
  const { rows } = await tx.query<DatePlanRow>(
    `select p.workflow_id, p.workspace_id, p.version, p.activated_at, p.after_contact,
            v.definition #>> '{start,field}' as field
       from date_plans p
       join workflow_versions v on v.workflow_id = p.workflow_id and v.version = p.version
      where not p.finished
      order by p.workflow_id
        for update of p skip locked
      limit 1`,
  );
  return rows[0];
}

/** Contacts that have the field, in pages by ID. Index contacts_pkey. */
export async function findDated(
  tx: Tx,
  which: { workspaceId: number; field: string; after: number; limit: number },
): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `select id from contacts
      where workspace_id = $1 and id > $2 and deleted_at is null and merged_into is null
        and ($3 = 'created_at' or fields ? $3)
      order by id
      limit $4`,
    [which.workspaceId, which.after, which.field, which.limit],
  );
  return rows.map((row) => row.id);
}

export async function moveDatePlan(
  tx: Tx,
  plan: { workflowId: number; after: number; finished: boolean },
): Promise<void> {
  await tx.query(`update date_plans set after_contact = $2, finished = $3 where workflow_id = $1`, [
    plan.workflowId,
    plan.after,
    plan.finished,
  ]);
}

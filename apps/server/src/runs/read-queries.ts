import type { RunState } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';

/** A run as it is shown. */
export interface RunView {
  id: number;
  workflow_id: number;
  version: number;
  contact_id: number;
  key: string;
  state: RunState;
  reason: string | null;
  block: string | null;
  wake_at: Date | null;
  started_at: Date;
  ended_at: Date | null;
  test: boolean;
}

const COLUMNS = `id, workflow_id, version, contact_id, key, state, reason, block,
                 coalesce(wake_at, paused_wake_at) as wake_at, started_at, ended_at, test`;

/** Index runs_by_workflow, once for each workflow of the workspace. */
export async function findRun(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<(RunView & { context: JsonObject }) | undefined> {
  const { rows } = await db.query<RunView & { context: JsonObject }>(
    `select ${COLUMNS}, context
       from runs
      where workflow_id = any(array(select id from workflows where workspace_id = $1)) and id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

export interface StepView {
  block: string;
  type: string;
  at: Date;
  exit: string | null;
  decided_by: Json;
}

/** Oldest first; index run_steps_pkey. */
export async function findSteps(
  db: Db,
  { contactId, runId, limit }: { contactId: number; runId: number; limit: number },
): Promise<StepView[]> {
  const { rows } = await db.query<StepView>(
    `select block, type, at, exit, decided_by
       from run_steps
      where contact_id = $1 and run_id = $2
      order by n
      limit $3`,
    [contactId, runId, limit],
  );
  return rows;
}

/** Contacts with runs that have not ended, in pages by the runs' IDs. Index runs_by_workflow. */
export async function findUnended(
  db: Db,
  { workflowId, after, limit }: { workflowId: number; after: number; limit: number },
): Promise<{ id: number; contact_id: number }[]> {
  const { rows } = await db.query<{ id: number; contact_id: number }>(
    `select id, contact_id
       from runs
      where workflow_id = $1 and id > $2 and ended_at is null
      order by id
      limit $3`,
    [workflowId, after, limit],
  );
  return rows;
}

export interface RefusalView {
  id: number;
  contact: number;
  workflow: number;
  key: string;
  reason: string;
  details: Json;
  at: Date;
}

/** Newest first; index not_started_by_workflow. */
export async function listRefusals(
  db: Db,
  filter: {
    workflowId: number;
    contactId?: number | undefined;
    before?: number | undefined;
    limit: number;
  },
): Promise<RefusalView[]> {
  const { rows } = await db.query<RefusalView>(
    `select id, contact_id as contact, workflow_id as workflow, key, reason, details, at
       from not_started
      where workflow_id = $1
        and ($2::bigint is null or contact_id = $2)
        and ($3::bigint is null or id < $3)
      order by id desc
      limit $4`,
    [filter.workflowId, filter.contactId ?? null, filter.before ?? null, filter.limit],
  );
  return rows;
}

/** Counts within the period and of all time, by block and what; index workflow_counts_pkey. */
export async function readCounts(
  db: Db,
  filter: {
    workflowId: number;
    version?: number | undefined;
    from?: string | undefined;
    to?: string | undefined;
  },
): Promise<{ block: string; what: string; within: number; ever: number }[]> {
  const { rows } = await db.query<{ block: string; what: string; within: number; ever: number }>(
    `select block, what, sum(n)::bigint as ever,
            coalesce(sum(n) filter (where ($3::date is null or day >= $3)
                                      and ($4::date is null or day < $4)), 0)::bigint as within
       from workflow_counts
      where workflow_id = $1 and ($2::int is null or version = $2)
      group by block, what`,
    [filter.workflowId, filter.version ?? null, filter.from ?? null, filter.to ?? null],
  );
  return rows;
}

/** Counts of the workflow as a whole, day by day; index workflow_counts_pkey. */
export async function readDays(
  db: Db,
  {
    workflowId,
    version,
    from,
    to,
  }: { workflowId: number; version?: number | undefined; from: string; to: string },
): Promise<{ day: string; what: string; n: number }[]> {
  const { rows } = await db.query<{ day: string; what: string; n: number }>(
    `select day::text, what, sum(n)::bigint as n
       from workflow_counts
      where workflow_id = $1 and day >= $3 and day < $4 and ($2::int is null or version = $2)
        and (what in ('started', 'completed', 'stopped', 'failed', 'converted') or what like 'not_started:%')
      group by day, what
      order by day`,
    [workflowId, version ?? null, from, to],
  );
  return rows;
}

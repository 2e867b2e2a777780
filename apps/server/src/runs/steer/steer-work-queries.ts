import type { Db } from '../../db/index.ts';

export interface SteeredRuns {
  workflowId: number;
  state: 'active' | 'failed';
  /** Of one version alone. */
  version?: number | undefined;
  /** That had begun by then. */
  until: Date;
}

const MEANT = `workflow_id = $1 and not test and started_at <= $4
        and ($2::int is null or version = $2)
        and case when $3 = 'failed' then state = 'failed' else ended_at is null end`;

/** Runs of a workflow in pages by ID. Index runs_by_workflow. */
export async function findSteeredPage(
  db: Db,
  {
    workflowId,
    state,
    version,
    until,
    after,
    limit,
  }: SteeredRuns & { after: number; limit: number },
): Promise<{ id: number; contact_id: number }[]> {
  const { rows } = await db.query<{ id: number; contact_id: number }>(
    `select id, contact_id from runs
      where ${MEANT} and id > $5
      order by id
      limit $6`,
    [workflowId, version ?? null, state, until, after, limit],
  );
  return rows;
}

/** How many there are. Index runs_by_workflow. */
export async function countSteered(
  db: Db,
  { workflowId, state, version, until }: SteeredRuns,
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::integer as n from runs where ${MEANT}`,
    [workflowId, version ?? null, state, until],
  );
  return rows[0]!.n;
}

/** Where the active runs of a version stand. Index runs_by_workflow. */
export async function countStanding(
  db: Db,
  { workflowId, version }: { workflowId: number; version: number },
): Promise<{ block: string; runs: number }[]> {
  const { rows } = await db.query<{ block: string; runs: number }>(
    `select block, count(*)::integer as runs
       from runs
      where workflow_id = $1 and version = $2 and ended_at is null and block is not null
      group by block
      order by block`,
    [workflowId, version],
  );
  return rows;
}

import type { Db } from '../../db/index.ts';

export interface SteeredRuns {
  workflowId: number;
  state: 'active' | 'failed';
  /** Of one version alone. */
  version?: number | undefined;
  /** That had begun by then. */
  until: Date;
  /** Where they stand or ended. */
  block?: string | undefined;
  /** Part of why they ended. */
  reason?: string | undefined;
  /** That began in this period; `to` is excluded. */
  from?: Date | undefined;
  to?: Date | undefined;
}

const STATES = { active: 'ended_at is null', failed: `state = 'failed'` };

/** The runs that are meant; of failed ones by the index runs_failed. */
function meant({ state }: SteeredRuns): string {
  return `workflow_id = $1 and not test and ${STATES[state]} and started_at <= $3
        and ($2::int is null or version = $2)
        and ($4::text is null or block = $4)
        and ($5::text is null or reason ilike $5)
        and ($6::timestamptz is null or started_at >= $6)
        and ($7::timestamptz is null or started_at < $7)`;
}

function valuesOf({ workflowId, version, until, block, reason, from, to }: SteeredRuns): unknown[] {
  const part = reason === undefined ? null : `%${reason.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return [workflowId, version ?? null, until, block ?? null, part, from ?? null, to ?? null];
}

export interface SteeredPage {
  runs: { id: number; contact_id: number }[];
  /** Where the next one begins. */
  after: number;
  isLast: boolean;
}

/**
 * Runs of a workflow in pages by ID, which a run keeps when its contact is merged. A page looks at so
 * many at most and may find none among them: of a workflow that most have left, those who are still
 * there lie far apart. Index runs_by_workflow, of failed ones runs_failed.
 */
export async function findSteeredPage(
  db: Db,
  { after, limit, look, ...which }: SteeredRuns & { after: number; limit: number; look: number },
): Promise<SteeredPage> {
  const { until, n } = await lookAhead(db, { after, look, ...which });
  const { rows: runs } = await db.query<SteeredPage['runs'][number]>(
    `select id, contact_id from runs
      where ${meant(which)} and id > $8 and id <= $9
      order by id
      limit $10`,
    [...valuesOf(which), after, until ?? after, limit],
  );
  const isFull = runs.length === limit;
  return {
    runs,
    after: isFull ? runs.at(-1)!.id : (until ?? after),
    isLast: !isFull && n < look,
  };
}

async function lookAhead(
  db: Db,
  { workflowId, state, after, look }: SteeredRuns & { after: number; look: number },
): Promise<{ until: number | null; n: number }> {
  const { rows } = await db.query<{ until: number | null; n: number }>(
    `select max(id) as until, count(*)::integer as n
       from (select id from runs
              where workflow_id = $1 and id > $2${state === 'failed' ? ` and ${STATES.failed}` : ''}
              order by id
              limit $3) looked`,
    [workflowId, after, look],
  );
  return rows[0]!;
}

/** How many there are. Index runs_by_workflow, of failed ones runs_failed. */
export async function countSteered(db: Db, which: SteeredRuns): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::integer as n from runs where ${meant(which)}`,
    valuesOf(which),
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

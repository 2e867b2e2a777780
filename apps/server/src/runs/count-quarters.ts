import type { Db } from '../db/index.ts';
import { idAt, ORDER_SLACK_MS } from './run-id-at.ts';

/** Counts by quarter of an hour: the instant at which it begins, in epoch milliseconds. */
export type Quarters = Map<number, number>;

interface Asked {
  workspaceId: number;
  /** All of the workspace unless given. */
  workflowId?: number | undefined;
  from: Date;
  /** Excluded. */
  to: Date;
}

/** Runs that began, by quarter of an hour. Index runs_by_workflow, a stretch of it. */
export async function countStarts(db: Db, asked: Asked): Promise<Quarters> {
  const quarters: Quarters = new Map();
  for (const workflowId of await workflowsOf(db, asked)) {
    const { from, to } = asked;
    const begin = await idAt(db, workflowId, new Date(from.getTime() - ORDER_SLACK_MS));
    const end = await idAt(db, workflowId, new Date(to.getTime() + ORDER_SLACK_MS));
    if (begin === undefined || end === undefined) continue;
    const { rows } = await db.query<{ at: Date; n: number }>(
      `select date_bin('15 minutes', started_at, 'epoch') as at, count(*)::integer as n
         from runs
        where workflow_id = $1 and id >= $2 and id < $3 and not test and started_at >= $4 and started_at < $5
        group by 1`,
      [workflowId, begin, end, from, to],
    );
    add(quarters, rows);
  }
  return quarters;
}

/** Runs that failed and were not retried, by quarter of an hour. Index runs_failed. */
export async function countFailures(db: Db, asked: Asked): Promise<Quarters> {
  const quarters: Quarters = new Map();
  const { rows } = await db.query<{ at: Date; n: number }>(
    `select date_bin('15 minutes', ended_at, 'epoch') as at, count(*)::integer as n
       from runs
      where workflow_id = any($1) and state = 'failed' and not test and ended_at >= $2 and ended_at < $3
      group by 1`,
    [await workflowsOf(db, asked), asked.from, asked.to],
  );
  add(quarters, rows);
  return quarters;
}

function add(quarters: Quarters, rows: { at: Date; n: number }[]): void {
  for (const { at, n } of rows) quarters.set(at.getTime(), (quarters.get(at.getTime()) ?? 0) + n);
}

async function workflowsOf(db: Db, { workspaceId, workflowId }: Asked): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from workflows where workspace_id = $1 and ($2::bigint is null or id = $2)`,
    [workspaceId, workflowId ?? null],
  );
  return rows.map(({ id }) => id);
}

import { idSince, type Db } from '../db/index.ts';

/** IDs are given a little later than the instants at which runs begin: after this they are in order. */
export const ORDER_SLACK_MS = 3_600_000;

/** The ID of about the first run of a workflow that began then; index runs_by_workflow, a row a step. */
export async function idAt(
  db: Db,
  workflowId: number,
  at: Date | undefined,
): Promise<number | undefined> {
  if (!at) return undefined;
  const { rows } = await db.query<{ first: number | null; last: number | null }>(
    `select (select id from runs where workflow_id = $1 order by id limit 1) as first,
            (select id from runs where workflow_id = $1 order by id desc limit 1) as last`,
    [workflowId],
  );
  const { first, last } = rows[0]!;
  if (first === null || last === null) return undefined;
  return idSince(at, { first, last, next: (id) => firstFrom(db, workflowId, id) });
}

async function firstFrom(
  db: Db,
  workflowId: number,
  id: number,
): Promise<{ id: number; at: Date } | undefined> {
  const { rows } = await db.query<{ id: number; at: Date }>({
    name: 'first_run_from',
    text: `select id, started_at as at from runs where workflow_id = $1 and id >= $2 order by id limit 1`,
    values: [workflowId, id],
  });
  return rows[0];
}

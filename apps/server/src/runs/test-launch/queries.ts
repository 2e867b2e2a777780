import type { TestOptions, TestPace, TestStep } from '@perennial/contracts';
import type { Db, Tx } from '../../db/index.ts';
import type { Json, JsonObject } from '../../inbox/index.ts';
import type { DueRun } from '../due-run.ts';

/** A test launch as it is kept. */
export interface TestRow {
  contact_id: number;
  id: number;
  workspace_id: number;
  workflow_id: number;
  version: number | null;
  definition: JsonObject;
  options: TestOptions;
  pace: TestPace;
  key: string;
  state: DueRun['state'];
  reason: string | null;
  block: string;
  wake_at: Date | null;
  ahead_ms: number;
  due_at: Date | null;
  context: JsonObject;
  refused: { reason: string; details: Json } | null;
  results: JsonObject;
  fields: JsonObject;
  /** Instants as texts, as the wire has them. */
  steps: TestStep[];
  started_by: string;
  started_at: Date;
  ended_at: Date | null;
}

/** The ID is one of runs, so that what it sent is nobody else's. */
export async function insertTest(
  tx: Tx,
  row: Pick<
    TestRow,
    | 'contact_id'
    | 'workspace_id'
    | 'workflow_id'
    | 'version'
    | 'definition'
    | 'options'
    | 'pace'
    | 'key'
    | 'block'
    | 'context'
    | 'refused'
    | 'started_by'
    | 'started_at'
  >,
): Promise<TestRow> {
  const { rows } = await tx.query<TestRow>(
    `insert into test_launches (contact_id, id, workspace_id, workflow_id, version, definition, options, pace, key,
                                state, block, context, refused, started_by, started_at)
     values ($1, nextval('run_ids'), $2, $3, $4, $5, $6, $7, $8, 'running', $9, $10, $11, $12, $13)
     returning *`,
    [
      row.contact_id,
      row.workspace_id,
      row.workflow_id,
      row.version,
      JSON.stringify(row.definition),
      JSON.stringify(row.options),
      row.pace,
      row.key,
      row.block,
      JSON.stringify(row.context),
      row.refused && JSON.stringify(row.refused),
      row.started_by,
      row.started_at,
    ],
  );
  return rows[0]!;
}

/** Index test_launches_by_workflow, once for each workflow of the workspace. */
export async function findTest(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<TestRow | undefined> {
  const { rows } = await db.query<TestRow>(
    `select * from test_launches
      where workflow_id = any(array(select id from workflows where workspace_id = $1)) and id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** As it is now, for who owns its contact's slot; undefined once it is gone or another contact's. */
export async function readOwnedTest(
  tx: Tx,
  { contactId, id }: { contactId: number; id: number },
): Promise<TestRow | undefined> {
  const { rows } = await tx.query<TestRow>(
    `select * from test_launches where contact_id = $1 and id = $2 for update`,
    [contactId, id],
  );
  return rows[0];
}

/** Newest first; index test_launches_by_workflow. */
export async function listTests(
  db: Db,
  { workflowId, before, limit }: { workflowId: number; before?: number | undefined; limit: number },
): Promise<TestRow[]> {
  const { rows } = await db.query<TestRow>(
    `select * from test_launches
      where workflow_id = $1 and ($2::bigint is null or id < $2)
      order by id desc
      limit $3`,
    [workflowId, before ?? null, limit],
  );
  return rows;
}

/** Told when a test launch waits for its time. */
export const TESTS_CHANNEL = 'perennial_tests';

/** Everything that moves. */
export async function saveTest(tx: Tx, row: TestRow): Promise<void> {
  await tx.query(
    `update test_launches
        set pace = $3, state = $4, reason = $5, block = $6, wake_at = $7, ahead_ms = $8, due_at = $9,
            results = $10, fields = $11, steps = $12, ended_at = $13, key = $14, refused = $15
      where contact_id = $1 and id = $2`,
    [
      row.contact_id,
      row.id,
      row.pace,
      row.state,
      row.reason,
      row.block,
      row.wake_at,
      row.ahead_ms,
      row.due_at,
      JSON.stringify(row.results),
      JSON.stringify(row.fields),
      JSON.stringify(row.steps),
      row.ended_at,
      row.key,
      row.refused && JSON.stringify(row.refused),
    ],
  );
  if (row.due_at) await tx.query(`notify ${TESTS_CHANNEL}`);
}

/** What time alone moves on; index test_launches_due. */
export async function findDueTests(
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<Pick<TestRow, 'contact_id' | 'id'>[]> {
  const { rows } = await db.query<Pick<TestRow, 'contact_id' | 'id'>>(
    `select contact_id, id from test_launches where due_at <= $1 order by due_at limit $2`,
    [now, limit],
  );
  return rows;
}

/** Index test_launches_due. */
export async function nextTestDue(db: Db): Promise<Date | undefined> {
  const { rows } = await db.query<{ due_at: Date | null }>(
    `select min(due_at) as due_at from test_launches where due_at is not null`,
  );
  return rows[0]?.due_at ?? undefined;
}

/** Test launches are looked at for a while; a table of few rows. */
export async function forgetTests(db: Db, { before }: { before: Date }): Promise<void> {
  await db.query(`delete from test_launches where started_at < $1`, [before]);
}

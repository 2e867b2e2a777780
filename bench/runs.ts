import { copyRows } from '../apps/server/src/db/binary-copy.ts';
import { inTransaction } from '../apps/server/src/db/index.ts';
import type { BenchDatabase } from './database.ts';

const CHUNK = 50_000;

/** An active workflow, written directly: its definition was checked by whoever wrote the bench. */
export async function addWorkflow(
  { pool, workspaceId }: BenchDatabase,
  { key, definition }: { key: string; definition: object },
): Promise<number> {
  const now = new Date();
  const { rows } = await pool.query<{ id: number }>(
    `insert into workflows (workspace_id, key, name, state, draft, published_version, created_at, updated_at)
     values ($1, $2, $2, 'active', $3, 1, $4, $4) returning id`,
    [workspaceId, key, JSON.stringify(definition), now],
  );
  const { id } = rows[0]!;
  await pool.query(
    `insert into workflow_versions (workflow_id, version, definition, published_at) values ($1, 1, $2, $3)`,
    [id, JSON.stringify(definition), now],
  );
  await pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
    workspaceId,
  ]);
  return id;
}

/** Runs that wait at a block until `wakeAt`. */
export async function addRuns(
  { pool, workspaceId, slots }: BenchDatabase,
  {
    runs,
    contacts,
    workflowId,
    block,
    wakeAt,
  }: { runs: number; contacts: number; workflowId: number; block: string; wakeAt: number },
): Promise<void> {
  const startedAt = Date.now() - 60_000;
  for (let from = 0; from < runs; from += CHUNK) {
    await inTransaction(pool, (tx) =>
      copyRows(
        tx,
        'runs',
        [
          ['contact_id', 'int8'],
          ['id', 'int8'],
          ['workspace_id', 'int8'],
          ['slot', 'int4'],
          ['workflow_id', 'int8'],
          ['version', 'int4'],
          ['state', 'text'],
          ['block', 'text'],
          ['wake_at', 'timestamptz'],
          ['context', 'jsonb'],
          ['started_at', 'timestamptz'],
        ],
        Array.from({ length: Math.min(CHUNK, runs - from) }, (_, i) => {
          const n = from + i;
          const contactId = 1 + (n % contacts);
          return [
            contactId,
            n + 1,
            workspaceId,
            contactId % slots,
            workflowId,
            1,
            'waiting',
            block,
            wakeAt,
            '{"kind":"manual","params":{}}',
            startedAt,
          ];
        }),
      ),
    );
  }
  await pool.query(`select setval('run_ids', $1)`, [runs]);
  await pool.query('vacuum analyze runs');
}

/** Listens to every event of the type, starts for one in twenty, then waits. */
export function startedBy(event: string): object {
  return {
    language: 1,
    start: { type: 'event', event, where: { param: 'burned', op: 'greater', value: 764 } },
    stop: [{ type: 'event', event: 'Type0', where: { param: 'minutes', op: 'equals', value: 59 } }],
    limits: {},
    first: 'wait',
    blocks: { wait: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: {} } },
  };
}

import { copyRows } from '../db/binary-copy.ts';
import type { Tx } from '../db/index.ts';
import type { DueRun } from './due-run.ts';
import type { TakenStep } from './take-step.ts';

/** Positions and history of all runs that took steps, in two statements. */
export async function writeProgress(
  tx: Tx,
  { runs, history, now }: { runs: readonly DueRun[]; history: readonly TakenStep[]; now: number },
): Promise<void> {
  await updateRuns(tx, { runs, now });
  await copyRows(
    tx,
    'run_steps',
    [
      ['contact_id', 'int8'],
      ['run_id', 'int8'],
      ['n', 'int4'],
      ['workspace_id', 'int8'],
      ['block', 'text'],
      ['type', 'text'],
      ['at', 'timestamptz'],
      ['exit', 'text'],
      ['decided_by', 'jsonb'],
    ],
    history
      .toSorted((a, b) => a.run.contactId - b.run.contactId || a.run.id - b.run.id || a.n - b.n)
      .map(({ run, n, block, type, exit, decidedBy }) => [
        run.contactId,
        run.id,
        n,
        run.workspaceId,
        block,
        type,
        now,
        exit,
        decidedBy === null ? null : JSON.stringify(decidedBy),
      ]),
  );
}

/** Index runs_pkey. */
async function updateRuns(
  tx: Tx,
  { runs, now }: { runs: readonly DueRun[]; now: number },
): Promise<void> {
  if (runs.length === 0) return;
  await tx.query({
    name: 'update_runs',
    text: `update runs
              set state = moved.state, reason = moved.reason, block = moved.block, wake_at = moved.wake_at,
                  steps = moved.steps, results = coalesce(moved.results, runs.results),
                  ended_at = case when moved.wake_at is null then $9::timestamptz end
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
                         $7::int[], $8::jsonb[])
               as moved (contact_id, id, state, reason, block, wake_at, steps, results)
            where runs.contact_id = moved.contact_id and runs.id = moved.id`,
    values: [
      runs.map((run) => run.contactId),
      runs.map((run) => run.id),
      runs.map((run) => run.state),
      runs.map((run) => run.reason),
      runs.map((run) => run.block),
      runs.map((run) => (run.wakeAt === null ? null : new Date(run.wakeAt).toISOString())),
      runs.map((run) => run.steps),
      runs.map((run) => (run.resultsChanged ? JSON.stringify(run.results) : null)),
      new Date(now),
    ],
  });
}

import type { Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';

/** A run that waits on a block until something happens. */
export interface WaitingRunRow {
  contact_id: number;
  id: number;
  workflow_id: number;
  version: number;
  key: string;
  block: string;
  steps: number;
  results: JsonObject;
  /** When it came to the block. */
  since: Date;
}

/** Runs of these contacts that wait on these blocks and have heard nothing yet. Index runs_active. */
export async function findWaitingRuns(
  tx: Tx,
  which: { contactIds: number[]; workflowIds: number[]; blocks: string[] },
): Promise<WaitingRunRow[]> {
  const { rows } = await tx.query<WaitingRunRow>({
    name: 'find_waiting_runs',
    text: `select contact_id, id, workflow_id, version, key, block, steps, results,
                  (results -> block ->> 'since')::timestamptz as since
             from runs
            where contact_id = any($1) and workflow_id = any($2) and ended_at is null
              and state = 'waiting' and block = any($3) and results -> block ->> 'since' is not null`,
    values: [which.contactIds, which.workflowIds, which.blocks],
  });
  return rows;
}

/** What ends the wait of a run at a visit. */
export interface Heard {
  contactId: number;
  runId: number;
  /** Number of the visit: a run that has gone on hears nothing. */
  step: number;
  /** In the place of since when it waited: `$run.BLOCK`. */
  result: JsonObject;
  /** When it arrived, and so when the run goes on: epoch milliseconds. */
  at: number;
}

/**
 * Lets runs go on with what they waited for. Where time has let one go but it has not taken the step
 * yet, what was heard wins. A run of a paused workflow notes it and goes on with the workflow.
 */
export async function wakeRuns(tx: Tx, { heard }: { heard: readonly Heard[] }): Promise<void> {
  if (heard.length === 0) return;
  await tx.query({
    name: 'wake_runs',
    text: `update runs
              set results = runs.results || jsonb_build_object(runs.block, heard.result),
                  wake_at = case when runs.paused_wake_at is null then heard.at end,
                  paused_wake_at = case when runs.paused_wake_at is not null then heard.at end
             from unnest($1::bigint[], $2::bigint[], $3::int[], $4::jsonb[], $5::timestamptz[])
                    as heard (contact_id, id, step, result, at)
            where runs.contact_id = heard.contact_id and runs.id = heard.id and runs.steps = heard.step
              and runs.state = 'waiting' and runs.ended_at is null
              and runs.results -> runs.block ->> 'since' is not null`,
    values: [
      heard.map((row) => row.contactId),
      heard.map((row) => row.runId),
      heard.map((row) => row.step),
      heard.map((row) => JSON.stringify(row.result)),
      heard.map((row) => new Date(row.at).toISOString()),
    ],
  });
}

import type { Tx } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';

/** A run as far as leading it elsewhere needs it. */
export interface SteeredRow {
  contact_id: number;
  id: number;
  workspace_id: number;
  slot: number;
  workflow_id: number;
  version: number;
  key: string;
  state: 'waiting' | 'running' | 'completed' | 'stopped' | 'failed';
  block: string;
  steps: number;
  test: boolean;
  depth: number;
  started_at: Date;
  paused_wake_at: Date | null;
  results: JsonObject;
}

/** Runs of these contacts that failed or have not ended. Index runs_pkey. */
export async function findSteerable(
  tx: Tx,
  { contactIds, workflowIds }: { contactIds: number[]; workflowIds: number[] },
): Promise<SteeredRow[]> {
  const { rows } = await tx.query<SteeredRow>({
    name: 'find_steerable_runs',
    text: `select contact_id, id, workspace_id, slot, workflow_id, version, key, state, block, steps, test, depth,
                  started_at, paused_wake_at, results
             from runs
            where contact_id = any($1) and workflow_id = any($2) and (ended_at is null or state = 'failed')
            order by id`,
    values: [contactIds, workflowIds],
  });
  return rows;
}

/** Where a run goes on: a new visit of the block, due at once. */
export interface NewPlace {
  contactId: number;
  runId: number;
  version: number;
  block: string;
  /** Absent: it stays as it is on the block, and so does what it waits for. */
  at?: number | undefined;
  /** Number of visits so far. */
  steps: number;
}

export async function movePlaces(tx: Tx, { places }: { places: NewPlace[] }): Promise<void> {
  if (places.length === 0) return;
  await tx.query({
    name: 'move_runs',
    text: `update runs
              set version = place.version, block = place.block, steps = place.steps,
                  state = case when place.at is null then runs.state else 'running' end,
                  reason = null, ended_at = null,
                  wake_at = case when place.at is null then runs.wake_at
                                 when runs.paused_wake_at is null then place.at end,
                  paused_wake_at = case when place.at is null or runs.paused_wake_at is null
                                        then runs.paused_wake_at else place.at end
             from unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::timestamptz[], $6::int[])
                    as place (contact_id, id, version, block, at, steps)
            where runs.contact_id = place.contact_id and runs.id = place.id`,
    values: [
      places.map((place) => place.contactId),
      places.map((place) => place.runId),
      places.map((place) => place.version),
      places.map((place) => place.block),
      places.map(({ at }) => (at === undefined ? null : new Date(at).toISOString())),
      places.map((place) => place.steps),
    ],
  });
}

/** That a run was led elsewhere, as a step of its history. */
export async function noteSteered(
  tx: Tx,
  {
    notes,
    now,
  }: { notes: { run: SteeredRow; type: string; exit: string; seen: JsonObject }[]; now: number },
): Promise<void> {
  if (notes.length === 0) return;
  await tx.query({
    name: 'note_steered_runs',
    text: `insert into run_steps (contact_id, run_id, n, workspace_id, block, type, at, exit, decided_by)
           select contact_id, run_id, n, workspace_id, block, type, $9, exit, decided_by
             from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::text[],
                         $8::jsonb[]) as note (contact_id, run_id, n, workspace_id, block, type, exit, decided_by)`,
    values: [
      notes.map(({ run }) => run.contact_id),
      notes.map(({ run }) => run.id),
      notes.map(({ run }) => run.steps),
      notes.map(({ run }) => run.workspace_id),
      notes.map(({ run }) => run.block),
      notes.map((note) => note.type),
      notes.map((note) => note.exit),
      notes.map((note) => JSON.stringify(note.seen)),
      new Date(now),
    ],
  });
}

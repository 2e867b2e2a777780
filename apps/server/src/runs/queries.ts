import type { Db, Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { DueColumn } from '../slots/index.ts';
import type { RunRef } from './run-key.ts';

/** Runs that wait for their time. Index runs_due. */
export const runsDue: DueColumn = { table: 'runs', column: 'wake_at' };

/** A run as the engine takes it up. */
export interface RunRow {
  contact_id: number;
  id: number;
  workspace_id: number;
  slot: number;
  workflow_id: number;
  version: number;
  key: string;
  state: 'waiting' | 'running';
  block: string;
  wake_at: Date;
  steps: number;
  context: JsonObject;
  results: JsonObject;
  depth: number;
  test: boolean;
  started_at: Date;
}

const RUN_COLUMNS = `contact_id, id, workspace_id, slot, workflow_id, version, key, state, block,
                     wake_at, steps, context, results, depth, test, started_at`;

/** What a run must not be later than; `marks` and `queued` are JSON: epoch ms by workspace, by slot. */
interface DueBounds {
  until: Date;
  marks: string;
  queued: string;
}

/**
 * Due runs of all these slots, in no order, at most `limit`: fewer are all there are. A run counts
 * as due only by its own workspace's mark. Index runs_due, one range a slot.
 */
export async function findDueRuns(
  tx: Tx,
  { slots, until, marks, queued, limit }: { slots: number[]; limit: number } & DueBounds,
): Promise<RunRow[]> {
  const { rows } = await tx.query<RunRow>({
    name: 'find_due_runs',
    text: `select ${RUN_COLUMNS}
             from runs
            where slot = any($1) and wake_at <= $2
              and wake_at <= to_timestamp(($3::jsonb ->> workspace_id::text)::float8 / 1000)
              and wake_at < coalesce(to_timestamp(($4::jsonb ->> slot::text)::float8 / 1000), 'infinity')
            limit $5`,
    values: [slots, until, marks, queued, limit],
  });
  return rows;
}

/** The first due runs of one slot. Over several slots this order would read and sort all due runs. */
export async function findFirstDueRuns(
  tx: Tx,
  { slot, until, marks, queued, limit }: { slot: number; limit: number } & DueBounds,
): Promise<RunRow[]> {
  const { rows } = await tx.query<RunRow>({
    name: 'find_first_due_runs',
    text: `select ${RUN_COLUMNS}
             from runs
            where slot = $1 and wake_at <= $2
              and wake_at <= to_timestamp(($3::jsonb ->> workspace_id::text)::float8 / 1000)
              and wake_at < coalesce(to_timestamp(($4::jsonb ->> slot::text)::float8 / 1000), 'infinity')
            order by wake_at, id
            limit $5`,
    values: [slot, until, marks, queued, limit],
  });
  return rows;
}

/** Takes runs of paused workflows out of the way; their instants are kept. */
export async function putAside(tx: Tx, { runs }: { runs: RunRef[] }): Promise<void> {
  if (runs.length === 0) return;
  await tx.query({
    name: 'put_runs_aside',
    text: `update runs set paused_wake_at = wake_at, wake_at = null
            where contact_id = any($1) and id = any($2)`,
    values: [runs.map((run) => run.contactId), runs.map((run) => run.runId)],
  });
}

/** Gives runs of resumed workflows their instants back. Index runs_paused. */
export async function takeBack(
  tx: Tx,
  { slots, workflowIds, limit }: { slots: number[]; workflowIds: number[]; limit: number },
): Promise<number> {
  if (workflowIds.length === 0) return 0;
  const { rows } = await tx.query<{ contact_id: number; id: number }>({
    name: 'find_runs_put_aside',
    text: `select contact_id, id
             from runs
            where slot = any($1) and workflow_id = any($2) and paused_wake_at is not null
            limit $3`,
    values: [slots, workflowIds, limit],
  });
  if (rows.length === 0) return 0;
  await tx.query({
    name: 'take_runs_back',
    text: `update runs set wake_at = paused_wake_at, paused_wake_at = null
            where contact_id = any($1) and id = any($2)`,
    values: [rows.map((run) => run.contact_id), rows.map((run) => run.id)],
  });
  return rows.length;
}

/** A run that has not ended, as far as stops need it. */
export interface ActiveRunRow {
  contact_id: number;
  id: number;
  workspace_id: number;
  workflow_id: number;
  version: number;
  key: string;
  block: string;
  test: boolean;
  depth: number;
  started_at: Date;
  /** When what started it happened: events reach us late, and a stop sent after it is after it. */
  began_at: Date;
}

/** Index runs_active. */
export async function findActiveRuns(
  tx: Db,
  { contactIds, workflowIds }: { contactIds: number[]; workflowIds?: number[] },
): Promise<ActiveRunRow[]> {
  const { rows } = await tx.query<ActiveRunRow>({
    name: 'find_active_runs',
    text: `select contact_id, id, workspace_id, workflow_id, version, key, block, test, depth, started_at,
                  coalesce((context ->> 'occurred_at')::timestamptz, started_at) as began_at
             from runs
            where contact_id = any($1) and ($2::bigint[] is null or workflow_id = any($2))
              and ended_at is null`,
    values: [contactIds, workflowIds ?? null],
  });
  return rows;
}

/** The last start of each contact in each workflow with one of these keys. Test runs do not count. */
export async function findLastStartsByKey(
  tx: Tx,
  options: { contactIds: number[]; workflowIds: number[]; keys: string[] },
): Promise<{ contact_id: number; workflow_id: number; key: string; started_at: Date }[]> {
  const { rows } = await tx.query<{
    contact_id: number;
    workflow_id: number;
    key: string;
    started_at: Date;
  }>({
    name: 'find_last_starts_by_key',
    text: `select contact_id, workflow_id, key, max(started_at) as started_at
             from runs
            where contact_id = any($1) and workflow_id = any($2) and key = any($3) and not test
            group by contact_id, workflow_id, key`,
    values: [options.contactIds, options.workflowIds, options.keys],
  });
  return rows;
}

/** The last start of each contact in each workflow, whatever the key. Index runs_pkey. */
export async function findLastStarts(
  tx: Tx,
  { contactIds, workflowIds }: { contactIds: number[]; workflowIds: number[] },
): Promise<{ contact_id: number; workflow_id: number; started_at: Date }[]> {
  const { rows } = await tx.query<{ contact_id: number; workflow_id: number; started_at: Date }>({
    name: 'find_last_starts',
    text: `select contact_id, workflow_id, max(started_at) as started_at
             from runs
            where contact_id = any($1) and workflow_id = any($2) and not test
            group by contact_id, workflow_id`,
    values: [contactIds, workflowIds],
  });
  return rows;
}

/** Of these occasions, those that started a contact already. Index runs_pkey. */
export async function findOccasions(
  tx: Tx,
  { contactIds, occasions }: { contactIds: number[]; occasions: string[] },
): Promise<{ contact_id: number; workflow_id: number; occasion: string }[]> {
  const { rows } = await tx.query<{ contact_id: number; workflow_id: number; occasion: string }>({
    name: 'find_occasions',
    text: `select contact_id, workflow_id, context ->> 'occasion' as occasion
             from runs
            where contact_id = any($1) and context ->> 'occasion' = any($2)`,
    values: [contactIds, occasions],
  });
  return rows;
}

export interface NewRun {
  contactId: number;
  workspaceId: number;
  slot: number;
  workflowId: number;
  version: number;
  key: string;
  block: string;
  context: JsonObject;
  depth: number;
  test: boolean;
  /** Also when its first step is due. */
  startedAt: number;
}

/** IDs in the order of the runs. */
export async function insertRuns(tx: Tx, { runs }: { runs: NewRun[] }): Promise<number[]> {
  if (runs.length === 0) return [];
  const ids = await nextRunIds(tx, runs.length);
  await tx.query({
    name: 'insert_runs',
    text: `insert into runs (contact_id, id, workspace_id, slot, workflow_id, version, key, state, block,
                             wake_at, context, depth, test, started_at)
           select contact_id, id, workspace_id, slot, workflow_id, version, key, 'running', block,
                  started_at, context, depth, test, started_at
             from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[], $6::int[], $7::text[],
                         $8::text[], $9::jsonb[], $10::smallint[], $11::boolean[], $12::timestamptz[])
               as started (contact_id, id, workspace_id, slot, workflow_id, version, key, block, context, depth,
                           test, started_at)`,
    values: [
      runs.map((run) => run.contactId),
      ids,
      runs.map((run) => run.workspaceId),
      runs.map((run) => run.slot),
      runs.map((run) => run.workflowId),
      runs.map((run) => run.version),
      runs.map((run) => run.key),
      runs.map((run) => run.block),
      runs.map((run) => JSON.stringify(run.context)),
      runs.map((run) => run.depth),
      runs.map((run) => run.test),
      runs.map((run) => new Date(run.startedAt).toISOString()),
    ],
  });
  return ids;
}

async function nextRunIds(tx: Tx, n: number): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>({
    name: 'next_run_ids',
    text: `select nextval('run_ids') as id from generate_series(1, $1)`,
    values: [n],
  });
  return rows.map((row) => row.id);
}

export interface Refusal {
  contactId: number;
  workspaceId: number;
  workflowId: number;
  key: string;
  reason: string;
  details?: JsonObject | undefined;
  at: number;
}

export async function insertRefusals(tx: Tx, { refusals }: { refusals: Refusal[] }): Promise<void> {
  if (refusals.length === 0) return;
  await tx.query({
    name: 'insert_refusals',
    text: `insert into not_started (contact_id, workspace_id, workflow_id, key, reason, details, at)
           select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::jsonb[],
                                $7::timestamptz[])`,
    values: [
      refusals.map((row) => row.contactId),
      refusals.map((row) => row.workspaceId),
      refusals.map((row) => row.workflowId),
      refusals.map((row) => row.key),
      refusals.map((row) => row.reason),
      refusals.map((row) => (row.details ? JSON.stringify(row.details) : null)),
      refusals.map((row) => new Date(row.at).toISOString()),
    ],
  });
}

/** Ends runs where they stand. */
export async function markStopped(
  tx: Tx,
  { runs }: { runs: (RunRef & { reason: string; at: number; factId?: number | undefined })[] },
): Promise<void> {
  if (runs.length === 0) return;
  await tx.query({
    name: 'mark_runs_stopped',
    text: `update runs
              set state = 'stopped', reason = ended.reason, wake_at = null, paused_wake_at = null,
                  -- Not before a step that was due before it and taken while it arrived.
                  ended_at = greatest(ended.at, (select max(s.at) from run_steps s
                                                  where s.contact_id = ended.contact_id and s.run_id = ended.id)),
                  stopped_by = ended.fact_id
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::bigint[])
                    as ended (contact_id, id, reason, at, fact_id)
            where runs.contact_id = ended.contact_id and runs.id = ended.id and runs.ended_at is null`,
    values: [
      runs.map((run) => run.contactId),
      runs.map((run) => run.runId),
      runs.map((run) => run.reason),
      runs.map((run) => new Date(run.at).toISOString()),
      runs.map((run) => run.factId ?? null),
    ],
  });
}

/** Where a run stands; instants in epoch milliseconds. */
export interface StandingRun {
  id: number;
  state: 'waiting' | 'running';
  wakeAt: number | null;
  pausedWakeAt: number | null;
}

export async function readStanding(
  tx: Tx,
  { runs }: { runs: { contact_id: number; id: number }[] },
): Promise<Map<number, StandingRun>> {
  if (runs.length === 0) return new Map();
  const { rows } = await tx.query<{
    id: number;
    state: StandingRun['state'];
    wake_at: Date | null;
    paused_wake_at: Date | null;
  }>(
    `select id, state, wake_at, paused_wake_at from runs where contact_id = any($1) and id = any($2)`,
    [runs.map((run) => run.contact_id), runs.map((run) => run.id)],
  );
  return new Map(
    rows.map(({ id, state, wake_at: wake, paused_wake_at: paused }) => [
      id,
      { id, state, wakeAt: wake?.getTime() ?? null, pausedWakeAt: paused?.getTime() ?? null },
    ]),
  );
}

/** Gives runs that ended as merged their place back. */
export async function goOn(
  tx: Tx,
  { runs, contactIds }: { runs: readonly StandingRun[]; contactIds: readonly number[] },
): Promise<{ workflow_id: number; version: number; block: string }[]> {
  const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  const { rows } = await tx.query<{ workflow_id: number; version: number; block: string }>(
    `update runs
        set state = was.state, reason = null, ended_at = null,
            wake_at = was.wake_at, paused_wake_at = was.paused_wake_at
       from unnest($2::bigint[], $3::text[], $4::timestamptz[], $5::timestamptz[])
            as was (id, state, wake_at, paused_wake_at)
      where not exists (select from workflows w where w.id = runs.workflow_id and w.state = 'archived')
        and runs.contact_id = any($1) and runs.id = was.id and runs.reason = 'merged'
     returning runs.workflow_id, runs.version, runs.block`,
    [
      contactIds,
      runs.map(({ id }) => id),
      runs.map(({ state }) => state),
      runs.map(({ wakeAt }) => instant(wakeAt)),
      runs.map(({ pausedWakeAt }) => instant(pausedWakeAt)),
    ],
  );
  return rows;
}

export async function workflowNames(
  db: Db,
  { ids }: { ids: number[] },
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; name: string }>(
    `select id, name from workflows where id = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

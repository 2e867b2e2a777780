import { setTimeout as pause } from 'node:timers/promises';
import { inTransaction, sqlState, type Pool } from '../db/index.ts';
import { appendWithin, LANES } from '../inbox/index.ts';
import { wakeJob } from './enqueue-job.ts';
import { isCancelled } from './long-statement.ts';
import { endJob, takeJob, writeBreakage, writeSlice, type JobRow } from './queries.ts';
import type { Slice, Work, WorkKinds } from './work.ts';

export interface WorkParts {
  pool: Pool;
  kinds: WorkKinds;
  clock: () => Date;
  /** Aborted when the program stops: the job goes on elsewhere. */
  stopping: AbortSignal;
}

/** Tries of one slice before the job has failed. */
const MOST_ATTEMPTS = 6;

/** After so long another job gets its turn. */
const TURN_MS = 5000;

/** Between two looks at what is still being applied. */
const LOOK_MS = 100;

const QUERY_CANCELED = '57014';

type Outcome = Slice['next'] | 'ended' | 'taken';

/** Does slices of a job until it ends, its turn is over or the program stops. */
export async function doWork(parts: WorkParts, { id }: { id: number }): Promise<void> {
  const { pool, clock, stopping } = parts;
  const until = clock().getTime() + TURN_MS;
  for (;;) {
    const outcome = await doSlice(parts, { id });
    if (outcome === 'ended' || outcome === 'finished' || outcome === 'taken') return;
    if (stopping.aborted || clock().getTime() >= until) {
      await wakeJob(pool, { id });
      return;
    }
    if (outcome === 'look again')
      await pause(LOOK_MS, undefined, { signal: stopping }).catch(() => {});
  }
}

/** One slice in one transaction; what it ran into is kept with the job. */
export async function doSlice(parts: WorkParts, { id }: { id: number }): Promise<Outcome> {
  const { pool, clock } = parts;
  try {
    return await inTransaction(pool, (tx) => sliceWithin(tx, parts, { id }), { retries: 2 });
  } catch (error) {
    // Its statement was ended because it is to end: the next slice does that.
    if (sqlState(error) === QUERY_CANCELED && (await isCancelled(pool, { id }))) return 'go on';
    const reason = error instanceof Error ? error.message : String(error);
    await writeBreakage(pool, { id, reason, most: MOST_ATTEMPTS, now: clock() });
    throw error;
  }
}

async function sliceWithin(
  tx: Parameters<typeof takeJob>[0],
  { kinds, clock }: WorkParts,
  { id }: { id: number },
): Promise<Outcome> {
  const job = await takeJob(tx, { id });
  if (!job) return 'taken';
  const now = clock();
  const kind = kinds.get(job.kind);
  if (job.cancel_asked && !kind?.settles) {
    await endJob(tx, { id, state: 'cancelled', reason: null, now });
    return 'ended';
  }
  if (!kind) {
    const reason = `This program does not know how to do ${job.kind}.`;
    await endJob(tx, { id, state: 'failed', reason, now });
    return 'ended';
  }
  const slice = await kind.slice(tx, workOf(job), { now, leaving: job.cancel_asked });
  if (slice.next !== 'look again') await writeSlice(tx, { job, slice, now });
  const { workspace_id: workspaceId } = job;
  // Last, because nothing else arrives until the commit.
  await appendWithin(tx, { workspaceId, lane: LANES.stream, items: slice.items ?? [], clock });
  return slice.next;
}

function workOf(job: JobRow): Work {
  return {
    id: job.id,
    workspaceId: job.workspace_id,
    input: job.input,
    cursor: job.cursor,
    slice: job.slices,
    actor: { kind: job.actor_kind, id: job.actor_id, name: job.actor_name },
    createdAt: job.created_at,
  };
}

import { createFieldCatalogue } from '../contacts/index.ts';
import { ensurePartitions } from '../db/partitions.ts';
import type { Pool } from '../db/pool.ts';
import { createLive } from '../evaluation/index.ts';
import { createEventTypes } from '../events/index.ts';
import { readResults, type Results } from '../inbox/index.ts';
import { aroundContacts } from '../main/around-contacts.ts';
import { readRuns } from '../runs/index.ts';
import { initialiseInstallation } from '../slots/index.ts';
import { applyBatch } from './apply/apply-batch.ts';
import type { ApplyParts } from './apply/apply-part.ts';
import { quietEngine } from './quiet-engine.ts';
import { advanceMarks, resolveBatch } from './resolve/resolve-batch.ts';

/** Small batches, so that what a test does is cut in the middle. */
const RESOLVED_AT_ONCE = 7;
const APPLIED_AT_ONCE = 5;

/** How what waits is taken: by so many workers at once, so many items a batch. */
export interface DrainOptions {
  workers?: number;
  clock?: () => Date;
  resolvedAtOnce?: number;
  appliedAtOnce?: number;
}

export interface TestPipeline {
  slots: number;
  /** Resolves and applies all that waits. */
  drain(options?: DrainOptions): Promise<void>;
  /** Resolves all that waits, and applies one batch. */
  step(): Promise<void>;
  /** For routes that wait for their item: the waiting itself makes the pipeline work. */
  results: Pick<Results, 'wait'>;
}

export interface TestPipelineOptions {
  clock: () => Date;
  slots?: number;
  /** What a worker keeps, beyond an engine that reacts to nothing. */
  parts?: Partial<ApplyParts>;
}

/** The pipeline over a test's database, run by the test instead of by workers. */
export async function testPipeline(
  pool: Pool,
  { clock, slots = 8, parts = {} }: TestPipelineOptions,
): Promise<TestPipeline> {
  await initialiseInstallation(pool, { slots, now: clock() });
  await ensurePartitions(pool, { now: clock() });
  const newParts = (types = createEventTypes(pool)): ApplyParts => ({
    engine: quietEngine,
    live: createLive({ eventTypes: types, slots, readRuns, questions: aroundContacts.questions }),
    types,
    catalogue: createFieldCatalogue(),
    countries: new Map(),
    slots,
    ...parts,
  });
  const drain: TestPipeline['drain'] = async ({
    workers = 1,
    clock: time = clock,
    resolvedAtOnce = RESOLVED_AT_ONCE,
    appliedAtOnce = APPLIED_AT_ONCE,
  } = {}) => {
    const each = { clock: time, limit: appliedAtOnce };
    await resolveAll(pool, { slots, clock: time, limit: resolvedAtOnce });
    await advanceMarks(pool, { clock: time });
    await Promise.all(
      Array.from({ length: workers }, (_, index) =>
        applyAll(pool, newParts(), { ...each, index, of: workers }),
      ),
    );
    // A worker that found its slots taken may have left something.
    if (workers > 1) await applyAll(pool, newParts(), { ...each, index: 0, of: 1 });
  };
  return {
    slots,
    drain,
    async step() {
      await resolveAll(pool, { slots, clock, limit: RESOLVED_AT_ONCE });
      const claim = { first: 0, limit: slots };
      await applyBatch(pool, newParts(), { clock, claim, limit: APPLIED_AT_ONCE });
    },
    results: {
      async wait(ticket) {
        await drain();
        return (await readResults(pool, { tickets: [ticket] }))[0]?.outcome;
      },
    },
  };
}

async function resolveAll(
  pool: Pool,
  options: { slots: number; clock: () => Date; limit: number },
): Promise<void> {
  const { rows } = await pool.query<{ id: number }>(
    `select distinct workspace_id as id from inbox`,
  );
  for (const { id: workspaceId } of rows) {
    while ((await resolveBatch(pool, { workspaceId, ...options })).items > 0);
  }
}

async function applyAll(
  pool: Pool,
  parts: ApplyParts,
  { clock, limit, index, of }: { clock: () => Date; limit: number; index: number; of: number },
): Promise<void> {
  const share = Math.ceil(parts.slots / of);
  for (let idle = 0, turn = index; idle < 2; turn += 1) {
    const claim = { first: turn * share, limit: share };
    const batch = await applyBatch(pool, parts, { clock, claim, limit });
    if (batch.wanted.length > 0) {
      await applyBatch(pool, parts, { clock, claim: { slots: batch.wanted }, limit: 1000 });
    }
    const worked = batch.items + batch.steps + batch.wanted.length > 0;
    idle = worked ? 0 : idle + 1;
    // One that owns all slots has seen everything, but for what it put into the queues itself, and
    // what is due again by then.
    if (of === 1 && batch.steps === 0 && !batch.more && !(await isQueued(pool))) return;
  }
}

async function isQueued(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ queued: boolean }>(
    `select exists (select from slot_queue) as queued`,
  );
  return rows[0]!.queued;
}

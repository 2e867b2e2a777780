import { createFieldCatalogue } from '../contacts/index.ts';
import { createPool } from '../db/index.ts';
import { createEventTypeIds, createSchemaSampler } from '../events/index.ts';
import { startJobs } from '../jobs/index.ts';
import { startWorker } from '../pipeline/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createEngine } from './create-engine.ts';
import { createLogger } from './logger.ts';
import { periodicJobs } from './periodic-jobs.ts';
import type { WorkerThreadData } from './worker-thread.ts';
import { createWorkspaceCountries } from './workspace-countries.ts';

/** Which part of the work a thread does: one of several pipelines. */
export interface WorkShare {
  index: number;
  of: number;
}

export interface Work {
  stop(): Promise<void>;
}

const REFRESH_MS = 5000;

/** One thread of work: resolves, applies, steps. */
export async function startWork({ url, logLevel, share }: WorkerThreadData): Promise<Work> {
  const log = createLogger({ level: logLevel });
  const pool = createPool({ url, max: 4, name: `perennial worker ${share.index}` });
  const clock = (): Date => new Date();
  const countries = createWorkspaceCountries(pool);
  await countries.refresh();
  const onError = (cause: unknown): void =>
    log.error({ err: cause }, 'work failed and is repeated');
  const refreshing = setInterval(() => void countries.refresh().catch(onError), REFRESH_MS);
  const slots = await readSlotCount(pool);
  const types = createEventTypeIds(pool);
  const catalogue = createFieldCatalogue();
  const sampler = createSchemaSampler({ pool, clock, onError });
  const worker = await startWorker({
    pool,
    url,
    clock,
    onError,
    ...share,
    parts: {
      engine: createEngine({ slots, eventTypes: types, fields: catalogue }),
      types,
      catalogue,
      countries: countries.all,
      slots,
      onFacts: sampler.observe,
    },
  });
  const jobs =
    share.index === 0 ? await startJobs({ pool, jobs: periodicJobs, clock, onError }) : undefined;
  return {
    async stop() {
      clearInterval(refreshing);
      await jobs?.stop();
      await worker.stop();
      await sampler.close();
      await pool.end();
    },
  };
}

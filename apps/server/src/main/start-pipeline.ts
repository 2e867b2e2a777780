import { createFieldCatalogue } from '../contacts/index.ts';
import { createPool } from '../db/index.ts';
import { createErrorTally, createEventTypes, createSchemaSampler } from '../events/index.ts';
import { createLive } from '../evaluation/index.ts';
import { createRenderPool, recipientTokenKey } from '../messages/index.ts';
import { readRuns } from '../runs/index.ts';
import { startWorker } from '../pipeline/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { WORKSPACES_CHANNEL } from '../workspaces/index.ts';
import { createEngine } from './create-engine.ts';
import { createLogger } from './logger.ts';
import { aroundContacts } from './around-contacts.ts';
import type { PipelineData, Work } from './thread-data.ts';
import { createWorkspaceSettings, REFRESH_SETTINGS_MS } from './workspace-settings.ts';

/** Not worth waking another thread for. */
const NO_LOAD = 0.05;

/** A thread that resolves, applies and steps. */
export async function startPipeline(
  data: PipelineData,
  { onLoad }: { onLoad: (share: number) => void },
): Promise<Work> {
  const { url, logLevel, index, of } = data;
  const log = createLogger({ level: logLevel });
  const pool = createPool({ url, max: 4, name: `perennial pipeline ${index}` });
  const clock = (): Date => new Date();
  const onError = (cause: unknown): void =>
    log.error({ err: cause }, 'work failed and is repeated');
  const settings = createWorkspaceSettings(pool);
  await settings.refresh();
  const refreshSettings = (): void => void settings.refresh().catch(onError);
  const refreshing = setInterval(refreshSettings, REFRESH_SETTINGS_MS);
  const slots = await readSlotCount(pool);
  const types = createEventTypes(pool);
  const catalogue = createFieldCatalogue();
  const sampler = createSchemaSampler({ pool, clock, onError });
  const errorTally = createErrorTally({ pool, clock, onError });
  // Nothing is fetched while a step holds its slots.
  const settingsPool = createRenderPool({
    publicUrl: data.publicUrl,
    tokenKey: recipientTokenKey(createSecretBox(data.secret)),
    size: 1,
  });
  const worker = await startWorker({
    pool,
    url,
    clock,
    onError,
    index,
    of,
    bells: { [WORKSPACES_CHANNEL]: refreshSettings },
    onLoad: (share) => {
      if (share > NO_LOAD) onLoad(share);
    },
    parts: {
      engine: createEngine({
        slots,
        eventTypes: types,
        fields: catalogue,
        render: settingsPool.render,
      }),
      live: createLive({ eventTypes: types, slots, readRuns, questions: aroundContacts.questions }),
      types,
      catalogue,
      countries: settings.countries,
      slots,
      onFacts: (facts) => {
        sampler.observe(facts);
        errorTally.observe(facts);
      },
    },
  });
  // What changed before it listened.
  await settings.refresh();
  return {
    async stop() {
      clearInterval(refreshing);
      await worker.stop();
      await settingsPool.close();
      await sampler.close();
      await errorTally.close();
      await pool.end();
    },
  };
}

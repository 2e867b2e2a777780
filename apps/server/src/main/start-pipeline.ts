import { driveAlarms } from '../alarms/index.ts';
import { ANSWER_BYTES } from '../calls/index.ts';
import { CAMPAIGNS_CHANNEL, driveCampaigns } from '../campaigns/index.ts';
import { createFieldCatalogue } from '../contacts/index.ts';
import { createPool, type Pool } from '../db/index.ts';
import { createEgress } from '../egress/index.ts';
import { createErrorTally, createEventTypes, createSchemaSampler } from '../events/index.ts';
import { createLive } from '../evaluation/index.ts';
import { JOBS_AT_ONCE, startJobs, type Line } from '../jobs/index.ts';
import { createRenderPool, recipientTokenKey, type RenderPool } from '../messages/index.ts';
import {
  driveTests,
  readRuns,
  SEGMENT_LAUNCHES_CHANNEL,
  startCalendar,
  startWaitingStarts,
  WAITING_STARTS_CHANNEL,
} from '../runs/index.ts';
import { startWorker } from '../pipeline/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createEngine } from './create-engine.ts';
import { createLogger } from './logger.ts';
import { periodicJobs } from './periodic-jobs.ts';
import { aroundContacts } from './around-contacts.ts';
import { longWorkWith } from './long-work.ts';
import { mailJobs } from './mail-jobs.ts';
import type { ThreadData, Work, WorkShare } from './thread-data.ts';
import { createWorkspaceCountries } from './workspace-countries.ts';

const REFRESH_MS = 5000;
/** Not worth waking another thread for. */
const NO_LOAD = 0.05;

/** A thread that resolves, applies and steps. */
export async function startPipeline(
  data: ThreadData,
  {
    index,
    of,
    onLoad,
  }: Extract<WorkShare, { kind: 'pipeline' }> & { onLoad: (share: number) => void },
): Promise<Work> {
  const { url, logLevel } = data;
  const log = createLogger({ level: logLevel });
  const pool = createPool({ url, max: 4, name: `perennial pipeline ${index}` });
  const clock = (): Date => new Date();
  const countries = createWorkspaceCountries(pool);
  await countries.refresh();
  const onError = (cause: unknown): void =>
    log.error({ err: cause }, 'work failed and is repeated');
  const refreshing = setInterval(() => void countries.refresh().catch(onError), REFRESH_MS);
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
  const waiting =
    index === 0
      ? askWaiting({ data, slots, clock, onError, render: settingsPool.render })
      : undefined;
  const campaigns = index === 0 ? drive({ url, slots, clock, onError }) : undefined;
  const worker = await startWorker({
    pool,
    url,
    clock,
    onError,
    index,
    of,
    hears: [
      ...(waiting ? [{ channel: WAITING_STARTS_CHANNEL, heard: waiting.ring }] : []),
      ...(campaigns
        ? [CAMPAIGNS_CHANNEL, SEGMENT_LAUNCHES_CHANNEL].map((channel) => ({
            channel,
            heard: campaigns.ring,
          }))
        : []),
    ],
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
      countries: countries.all,
      slots,
      onFacts: (facts) => {
        sampler.observe(facts);
        errorTally.observe(facts);
      },
    },
  });
  const jobs = index === 0 ? await work(data, { clock, onError }) : undefined;
  return {
    async stop() {
      clearInterval(refreshing);
      await jobs?.stop();
      await worker.stop();
      await settingsPool.close();
      await waiting?.stop();
      await campaigns?.stop();
      await sampler.close();
      await errorTally.close();
      await pool.end();
    },
  };
}

type Apart = Pick<Parameters<typeof startWaitingStarts>[0], 'slots' | 'clock' | 'onError'> & {
  url: string;
};

/**
 * Starts for everybody in a segment, by an event or at regular times, the first look at dates, test
 * launches and alarms, on connections of their own: one waits while one reads.
 */
function askWaiting({
  data: { url, secret, allowEgress: allow },
  render,
  ...options
}: Omit<Apart, 'url'> & { data: ThreadData; render: RenderPool['render'] }): Line {
  const callEgress = createEgress({ allow, answerBytes: ANSWER_BYTES });
  const pool = createPool({ url, max: 6, name: 'perennial waiting starts' });
  const { questions } = aroundContacts;
  const waiting = startWaitingStarts({ pool, questions, ...options });
  const calendar = startCalendar({ pool, questions, ...options });
  const tests = driveTests({
    pool,
    render,
    callEgress,
    box: createSecretBox(secret),
    ...options,
  });
  const alarms = driveAlarms({ pool, ...options });
  const all = {
    ring: waiting.ring,
    stop: async () => {
      await Promise.all([waiting, calendar, tests, alarms].map((line) => line.stop()));
      await callEgress.close();
    },
  };
  return withPool(all, pool);
}

/** Campaigns too: one connection reads an audience for seconds. */
function drive({ url, ...options }: Apart): Line {
  const pool = createPool({ url, max: 3, name: 'perennial campaigns' });
  const { questions } = aroundContacts;
  return withPool(driveCampaigns({ pool, questions, ...options }), pool);
}

/**
 * Long work too: jobs wait for slots that the worker holds, which must not wait for their connections.
 * One listens, and each of those at once has one.
 */
async function work(data: ThreadData, options: Pick<Apart, 'clock' | 'onError'>): Promise<Work> {
  const { url, publicUrl, secret } = data;
  const pool = createPool({ url, max: JOBS_AT_ONCE + 2, name: 'perennial jobs' });
  // One thread of its own, which starts when there is something to render: senders keep theirs.
  const renderPool = createRenderPool({
    publicUrl,
    tokenKey: recipientTokenKey(createSecretBox(secret)),
    size: 1,
  });
  const jobs = [...periodicJobs, ...mailJobs(data)];
  const kinds = longWorkWith({ renderPool });
  const running = await startJobs({ pool, jobs, kinds, ...options });
  return {
    async stop() {
      await running.stop();
      await renderPool.close();
      await pool.end();
    },
  };
}

function withPool(line: Line, pool: Pool): Line {
  return {
    ring: line.ring,
    async stop() {
      await line.stop();
      await pool.end();
    },
  };
}

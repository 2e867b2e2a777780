import { driveAlarms } from '../alarms/index.ts';
import { ANSWER_BYTES } from '../calls/index.ts';
import { CAMPAIGNS_CHANNEL, driveCampaigns } from '../campaigns/index.ts';
import { connect, createPool, type Pool } from '../db/index.ts';
import { createEgress } from '../egress/index.ts';
import { JOBS_AT_ONCE, startJobs, type Line } from '../jobs/index.ts';
import { createRenderPool, recipientTokenKey, type RenderPool } from '../messages/index.ts';
import {
  driveTests,
  SEGMENT_LAUNCHES_CHANNEL,
  startCalendar,
  startWaitingStarts,
  WAITING_STARTS_CHANNEL,
} from '../runs/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { aroundContacts } from './around-contacts.ts';
import { createLogger } from './logger.ts';
import { longWorkWith } from './long-work.ts';
import { mailJobs } from './mail-jobs.ts';
import { periodicJobs } from './periodic-jobs.ts';
import type { ThreadData, Work } from './thread-data.ts';

/** What the lines share. */
interface Parts {
  url: string;
  slots: number;
  clock: () => Date;
  onError: (cause: unknown) => void;
  render: RenderPool;
}

/**
 * What reads many and takes long, beside the first pipeline: audiences of campaigns, starts for
 * everybody in a segment, jobs. It shares the pipeline's thread and must leave it again and again.
 */
export async function startBackground(data: ThreadData): Promise<Work> {
  const { url, secret, publicUrl, logLevel } = data;
  const log = createLogger({ level: logLevel });
  const onError = (cause: unknown): void =>
    log.error({ err: cause }, 'work in the background failed and is repeated');
  const pool = createPool({ url, max: 1, name: 'perennial background' });
  const slots = await readSlotCount(pool);
  await pool.end();
  // A thread of its own, which starts when there is something to render: senders keep theirs.
  const render = createRenderPool({
    publicUrl,
    tokenKey: recipientTokenKey(createSecretBox(secret)),
    size: 1,
  });
  const parts: Parts = { url, slots, clock: () => new Date(), onError, render };
  const waiting = askWaiting(data, parts);
  const campaigns = drive(parts);
  const listener = await hear(parts, {
    [WAITING_STARTS_CHANNEL]: waiting,
    [CAMPAIGNS_CHANNEL]: campaigns,
    [SEGMENT_LAUNCHES_CHANNEL]: campaigns,
  });
  const jobs = await work(data, parts);
  return {
    async stop() {
      await jobs.stop();
      await listener.end();
      await waiting.stop();
      await campaigns.stop();
      await render.close();
    },
  };
}

/** Rings a line when its channel is notified. */
async function hear({ url, onError }: Parts, lines: Record<string, Line>) {
  const listener = await connect({ url, name: 'perennial background listener' });
  listener.on('notification', ({ channel }) => lines[channel]?.ring());
  listener.on('error', onError);
  await listener.query(
    Object.keys(lines)
      .map((channel) => `listen ${channel}`)
      .join('; '),
  );
  return listener;
}

/**
 * Starts for everybody in a segment, by an event or at regular times, the first look at dates, test
 * launches and alarms, on connections of their own: one waits while one reads.
 */
function askWaiting(
  { secret, allowEgress: allow }: ThreadData,
  { url, render: { render }, ...options }: Parts,
): Line {
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

/** Campaigns: one connection reads an audience for seconds. */
function drive({ url, ...options }: Parts): Line {
  const pool = createPool({ url, max: 3, name: 'perennial campaigns' });
  const { questions } = aroundContacts;
  return withPool(driveCampaigns({ pool, questions, ...options }), pool);
}

/**
 * Long work: jobs wait for slots that workers hold. One connection listens, and each of those at
 * once has one.
 */
async function work(data: ThreadData, { url, render, ...options }: Parts): Promise<Work> {
  const pool = createPool({ url, max: JOBS_AT_ONCE + 2, name: 'perennial jobs' });
  const jobs = [...periodicJobs, ...mailJobs(data)];
  const kinds = longWorkWith({ renderPool: render });
  const running = await startJobs({ pool, jobs, kinds, ...options });
  return {
    async stop() {
      await running.stop();
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

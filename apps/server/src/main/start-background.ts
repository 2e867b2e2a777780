import { driveAlarms } from '../alarms/index.ts';
import { ANSWER_BYTES } from '../calls/index.ts';
import {
  CAMPAIGNS_CHANNEL,
  driveCampaigns,
  driveReports,
  REPORTS_CHANNEL,
} from '../campaigns/index.ts';
import { createPool, hear, type Pool } from '../db/index.ts';
import { createEgress } from '../egress/index.ts';
import { startJobs } from '../jobs/index.ts';
import { createRenderPool, recipientTokenKey, type RenderPool } from '../messages/index.ts';
import {
  driveTests,
  SEGMENT_LAUNCHES_CHANNEL,
  startCalendar,
  startWaitingStarts,
  TESTS_CHANNEL,
  WAITING_STARTS_CHANNEL,
} from '../runs/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { WORKFLOWS_CHANNEL } from '../workflows/index.ts';
import { aroundContacts } from './around-contacts.ts';
import { createLogger } from './logger.ts';
import { longWorkWith } from './long-work.ts';
import { mailJobs } from './mail-jobs.ts';
import { periodicJobs } from './periodic-jobs.ts';
import type { ThreadData, Work } from './thread-data.ts';

/**
 * As many as all of them ask for at once: each line has one at a time, those that read members or an
 * audience two, and jobs two each.
 */
const CONNECTIONS = 20;

/** What the lines share: connections too, of which an idle installation needs one or two. */
interface Parts {
  pool: Pool;
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
  // Several lines look at the same time.
  const pool = createPool({ url, max: CONNECTIONS, keep: 2, name: 'perennial background' });
  const slots = await readSlotCount(pool);
  // A thread of its own, which starts when there is something to render: senders keep theirs.
  const render = createRenderPool({
    publicUrl,
    tokenKey: recipientTokenKey(createSecretBox(secret)),
    size: 1,
  });
  const parts: Parts = { pool, slots, clock: () => new Date(), onError, render };
  const starts = askWaiting(data, parts);
  const { questions } = aroundContacts;
  const campaigns = driveCampaigns({ ...parts, questions });
  const countingName = `perennial reports ${data.processId}`;
  const countingPool = createPool({ url, max: 2, keep: 0, name: countingName });
  const reports = driveReports({ ...parts, countingPool, countingName });
  const listener = await hear(
    { url, name: 'perennial background listener', onError },
    {
      [WAITING_STARTS_CHANNEL]: starts.waiting.ring,
      [WORKFLOWS_CHANNEL]: starts.calendar.ring,
      [TESTS_CHANNEL]: starts.tests.ring,
      [CAMPAIGNS_CHANNEL]: campaigns.ring,
      [REPORTS_CHANNEL]: reports.ring,
      [SEGMENT_LAUNCHES_CHANNEL]: campaigns.ring,
    },
  );
  const jobs = await work(data, parts);
  return {
    async stop() {
      await jobs.stop();
      await listener.end();
      await starts.stop();
      await campaigns.stop();
      await reports.stop();
      await countingPool.end();
      await render.close();
      await pool.end();
    },
  };
}

/**
 * Starts for everybody in a segment, by an event or at regular times, the first look at dates, test
 * launches and alarms.
 */
function askWaiting(
  { secret, allowEgress: allow }: ThreadData,
  { render: { render }, ...options }: Parts,
) {
  const callEgress = createEgress({ allow, answerBytes: ANSWER_BYTES });
  const { questions } = aroundContacts;
  const waiting = startWaitingStarts({ questions, ...options });
  const calendar = startCalendar({ questions, ...options });
  const tests = driveTests({
    render,
    callEgress,
    box: createSecretBox(secret),
    ...options,
  });
  const alarms = driveAlarms(options);
  return {
    waiting,
    calendar,
    tests,
    async stop() {
      await Promise.all([waiting, calendar, tests, alarms].map((line) => line.stop()));
      await callEgress.close();
    },
  };
}

/** Long work, and what is done by the calendar. */
function work(data: ThreadData, { render, ...options }: Parts): Promise<Work> {
  const jobs = [...periodicJobs, ...mailJobs(data)];
  return startJobs({ jobs, kinds: longWorkWith({ renderPool: render }), ...options });
}

import { CALLS_CHANNEL } from '../calls/index.ts';
import { createPool, hear } from '../db/index.ts';
import { CAMPAIGN_FLOWS_CHANNEL, SENDS_CHANNEL } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { WEBHOOKS_CHANNEL } from '../webhooks/index.ts';
import { createLogger } from './logger.ts';
import { startCalls } from './start-calls.ts';
import { startMailboxes } from './start-mailboxes.ts';
import { startSending } from './start-sending.ts';
import { startWebhooks } from './start-webhooks.ts';
import { workInThread } from './work-in-thread.ts';

/** What is sent waits for nothing else: calls that all end at once want a connection each. */
const OF_SENDERS = 5;
const OF_OTHERS = 9;

/** All that leaves the installation, and what is fetched from outside. */
await workInThread(async (data) => {
  const log = createLogger({ level: data.logLevel });
  const { url } = data;
  const pool = createPool({ url, max: OF_SENDERS, name: 'perennial senders' });
  const others = createPool({ url, max: OF_OTHERS, name: 'perennial calls' });
  const parts = { data, log, pool, slots: await readSlotCount(pool), clock: () => new Date() };
  const webhooks = startWebhooks({ ...parts, pool: others });
  const calls = startCalls({ ...parts, pool: others });
  const mailboxes = startMailboxes({ ...parts, pool: others });
  const senders = startSending(parts);
  const listener = await hear(
    {
      url,
      name: 'perennial senders listener',
      onError: (cause) => log.error({ err: cause }, 'the connection that listens broke'),
    },
    {
      [SENDS_CHANNEL]: senders.wake,
      [CAMPAIGN_FLOWS_CHANNEL]: (payload) => {
        senders.recall(payload === undefined ? undefined : Number(payload));
        senders.wake();
      },
      [CALLS_CHANNEL]: calls.ring,
      [WEBHOOKS_CHANNEL]: webhooks.ring,
    },
  );
  return {
    async stop() {
      await listener.end();
      await senders.stop();
      await calls.stop();
      await mailboxes.stop();
      await webhooks.stop();
      await others.end();
      await pool.end();
    },
  };
});

import { CALLS_CHANNEL } from '../calls/index.ts';
import { createPool, hear } from '../db/index.ts';
import { SENDS_CHANNEL } from '../pipeline/index.ts';
import { CAMPAIGN_FLOWS_CHANNEL } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { WEBHOOKS_CHANNEL } from '../webhooks/index.ts';
import { createLogger } from './logger.ts';
import { startCalls } from './start-calls.ts';
import { startMailboxes } from './start-mailboxes.ts';
import { startSending } from './start-sending.ts';
import { startWebhooks } from './start-webhooks.ts';
import { workInThread } from './work-in-thread.ts';

/** What each of them may have at once: senders 5, calls 4, webhooks 3, mailboxes 2. */
const CONNECTIONS = 14;

/** All that leaves the installation, and what is fetched from outside. */
await workInThread(async (data) => {
  const log = createLogger({ level: data.logLevel });
  const pool = createPool({ url: data.url, max: CONNECTIONS, name: 'perennial senders' });
  const parts = { data, log, pool, slots: await readSlotCount(pool), clock: () => new Date() };
  const webhooks = startWebhooks(parts);
  const calls = startCalls(parts);
  const mailboxes = startMailboxes(parts);
  const senders = startSending(parts);
  const listener = await hear(
    {
      url: data.url,
      name: 'perennial senders listener',
      onError: (cause) => log.error({ err: cause }, 'the connection that listens broke'),
    },
    {
      [SENDS_CHANNEL]: senders.wake,
      [CAMPAIGN_FLOWS_CHANNEL]: (payload) => {
        senders.recall(Number(payload));
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
      await pool.end();
    },
  };
});

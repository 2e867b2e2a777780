import { startCalls } from './start-calls.ts';
import { startMailboxes } from './start-mailboxes.ts';
import { startSending } from './start-sending.ts';
import { startWebhooks } from './start-webhooks.ts';
import { workInThread } from './work-in-thread.ts';

/** All that leaves the installation, and what is fetched from outside. */
await workInThread(async (data) => {
  const webhooks = await startWebhooks(data);
  const calls = await startCalls(data);
  const mailboxes = await startMailboxes(data);
  const senders = await startSending(data);
  return {
    async stop() {
      await senders.stop();
      await calls.stop();
      await mailboxes.stop();
      await webhooks.stop();
    },
  };
});

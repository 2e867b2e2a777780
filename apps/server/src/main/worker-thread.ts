import { parentPort, workerData } from 'node:worker_threads';
import { whenReachable } from '../db/index.ts';
import { createLogger } from './logger.ts';
import { startBackground } from './start-background.ts';
import { startCalls } from './start-calls.ts';
import { startMailboxes } from './start-mailboxes.ts';
import { startPipeline } from './start-pipeline.ts';
import { startSending } from './start-sending.ts';
import { startWebhooks } from './start-webhooks.ts';
import type { ThreadData, ThreadNews, Work } from './thread-data.ts';
import { trimWhenQuiet } from './trim-when-quiet.ts';

const work = await startShare(workerData as ThreadData);
trimWhenQuiet();
tell({ kind: 'ready' });
parentPort!.on('message', () => {
  void work.stop().then(() => process.exit(0));
});

async function startShare(data: ThreadData): Promise<Work> {
  const { share, url, logLevel } = data;
  const log = createLogger({ level: logLevel });
  await whenReachable(url, {
    onWait: (cause) => log.warn({ err: cause }, 'the database does not answer yet'),
  });
  if (share.kind === 'senders') return startOutgoing(data);
  const pipeline = await startPipeline(data, {
    ...share,
    onLoad: (load) => tell({ kind: 'load', share: load }),
  });
  return share.index === 0 ? withBackground(data, pipeline) : pipeline;
}

/** A thread of its own would cost an idle installation as much memory as each of the others. */
async function withBackground(data: ThreadData, pipeline: Work): Promise<Work> {
  const background = await startBackground(data);
  return {
    async stop() {
      await background.stop();
      await pipeline.stop();
    },
  };
}

/** All that leaves the installation, and what is fetched from outside. */
async function startOutgoing(data: ThreadData): Promise<Work> {
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
}

function tell(news: ThreadNews): void {
  parentPort!.postMessage(news);
}

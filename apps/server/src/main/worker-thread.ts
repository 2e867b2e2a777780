import { parentPort, workerData } from 'node:worker_threads';
import { whenReachable } from '../db/index.ts';
import { createLogger } from './logger.ts';
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
  // Each thread loads what it runs, and nothing of the others.
  if (share.kind === 'senders') {
    const { startOutgoing } = await import('./start-outgoing.ts');
    return startOutgoing(data);
  }
  if (share.kind === 'background') {
    const { startBackground } = await import('./start-background.ts');
    return startBackground(data);
  }
  const { startPipeline } = await import('./start-pipeline.ts');
  return startPipeline(data, { ...share, onLoad: (load) => tell({ kind: 'load', share: load }) });
}

function tell(news: ThreadNews): void {
  parentPort!.postMessage(news);
}

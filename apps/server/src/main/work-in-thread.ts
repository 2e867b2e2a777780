import { parentPort, workerData } from 'node:worker_threads';
import { whenReachable } from '../db/index.ts';
import { createLogger } from './logger.ts';
import type { ThreadData, ThreadNews, Work } from './thread-data.ts';
import { trimWhenQuiet } from './trim-when-quiet.ts';

/** Works in this thread, once the database answers, until the main thread says that it ends. */
export async function workInThread<Data extends ThreadData>(
  start: (data: Data) => Promise<Work>,
): Promise<void> {
  const data = workerData as Data;
  const log = createLogger({ level: data.logLevel });
  await whenReachable(data.url, {
    onWait: (cause) => log.warn({ err: cause }, 'the database does not answer yet'),
  });
  const work = await start(data);
  trimWhenQuiet();
  tellMain({ kind: 'ready' });
  parentPort!.on('message', () => {
    void work.stop().then(() => process.exit(0));
  });
}

export function tellMain(news: ThreadNews): void {
  parentPort!.postMessage(news);
}

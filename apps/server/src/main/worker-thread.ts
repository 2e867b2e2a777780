import { parentPort, workerData } from 'node:worker_threads';
import { startPipeline } from './start-pipeline.ts';
import { startSending } from './start-sending.ts';
import type { ThreadData, ThreadNews, Work } from './thread-data.ts';
import { trimWhenQuiet } from './trim-when-quiet.ts';

const work = await startShare(workerData as ThreadData);
trimWhenQuiet();
tell({ kind: 'ready' });
parentPort!.on('message', () => {
  void work.stop().then(() => process.exit(0));
});

function startShare(data: ThreadData): Promise<Work> {
  const { share } = data;
  if (share.kind === 'senders') return startSending(data);
  return startPipeline(data, { ...share, onLoad: (load) => tell({ kind: 'load', share: load }) });
}

function tell(news: ThreadNews): void {
  parentPort!.postMessage(news);
}

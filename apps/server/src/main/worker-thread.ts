import { parentPort, workerData } from 'node:worker_threads';
import { startPipeline } from './start-pipeline.ts';
import { startSending } from './start-sending.ts';
import type { ThreadData, Work } from './thread-data.ts';

const work = await startShare(workerData as ThreadData);
parentPort!.postMessage('ready');
parentPort!.on('message', () => {
  void work.stop().then(() => process.exit(0));
});

function startShare(data: ThreadData): Promise<Work> {
  const { share } = data;
  return share.kind === 'pipeline' ? startPipeline(data, share) : startSending(data);
}

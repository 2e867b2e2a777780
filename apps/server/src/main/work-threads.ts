import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Work, WorkShare } from './start-work.ts';
import type { WorkerThreadData } from './worker-thread.ts';

/** Two pipelines use two cores well; more workers of a cluster are more processes. */
const PIPELINES = 2;

/** Runs the work beside the main thread, which stays free to answer HTTP. */
export async function startWorkThreads({
  onCrash,
  ...data
}: Omit<WorkerThreadData, 'share'> & { onCrash: (cause: Error) => void }): Promise<Work> {
  const shares: WorkShare[] = Array.from({ length: PIPELINES }, (_, index) => ({
    index,
    of: PIPELINES,
  }));
  const threads = shares.map(
    (share) =>
      new Worker(new URL('./worker-thread.ts', import.meta.url), {
        workerData: { ...data, share },
      }),
  );
  for (const thread of threads) thread.on('error', onCrash);
  await Promise.all(threads.map((thread) => once(thread, 'message')));
  return {
    async stop() {
      await Promise.all(
        threads.map(async (thread) => {
          const exited = once(thread, 'exit');
          thread.postMessage('stop');
          await exited;
        }),
      );
    },
  };
}

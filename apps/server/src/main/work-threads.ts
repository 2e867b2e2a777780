import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ThreadData, Work, WorkShare } from './thread-data.ts';

/** Two pipelines use two cores well; more workers of a cluster are more processes. */
const PIPELINES = 2;

const SHARES: WorkShare[] = [
  ...Array.from({ length: PIPELINES }, (_, index) => ({
    kind: 'pipeline' as const,
    index,
    of: PIPELINES,
  })),
  { kind: 'senders' },
];

/** Runs the work beside the main thread, which stays free to answer HTTP. */
export async function startWorkThreads({
  onCrash,
  ...data
}: Omit<ThreadData, 'share'> & { onCrash: (cause: Error) => void }): Promise<Work> {
  const threads = SHARES.map(
    (share) =>
      new Worker(new URL('./worker-thread.ts', import.meta.url), {
        workerData: { ...data, share },
        // A worker's garbage is short-lived; the default lets it grow to many times this.
        resourceLimits: { maxYoungGenerationSizeMb: 8 },
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

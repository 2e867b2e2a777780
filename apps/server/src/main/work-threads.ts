import { Worker } from 'node:worker_threads';
import { createSecondPipeline } from './second-pipeline.ts';
import type { ThreadData, ThreadNews, Work, WorkShare } from './thread-data.ts';

export interface WorkThreadsOptions extends Omit<ThreadData, 'share'> {
  onCrash: (cause: Error) => void;
  /** How long the second pipeline stays when one would do. */
  spareForMs?: number;
}

/**
 * Runs the work beside the main thread, which stays free to answer HTTP. Two pipelines use two
 * cores well, and the second is there while one is not enough; more workers of a cluster are more
 * processes.
 */
export async function startWorkThreads({
  onCrash,
  spareForMs,
  ...data
}: WorkThreadsOptions): Promise<Work> {
  const startShare = (share: WorkShare): Promise<Work> =>
    startThread({ ...data, share }, { onCrash, onLoad: (load) => second.hear(load) });
  const second = createSecondPipeline({
    start: () => startShare({ kind: 'pipeline', index: 1, of: 2 }),
    ...(spareForMs !== undefined && { spareForMs }),
  });
  const threads = await Promise.all([
    startShare({ kind: 'pipeline', index: 0, of: 2 }),
    startShare({ kind: 'senders' }),
  ]);
  return {
    async stop() {
      await Promise.all([second, ...threads].map((part) => part.stop()));
    },
  };
}

/** Resolves when the thread works. */
async function startThread(
  data: ThreadData,
  { onCrash, onLoad }: { onCrash: (cause: Error) => void; onLoad: (share: number) => void },
): Promise<Work> {
  const thread = new Worker(new URL('./worker-thread.ts', import.meta.url), {
    workerData: data,
    // A worker's garbage is short-lived; the default lets it grow to many times this.
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  });
  const ready = Promise.withResolvers<void>();
  const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.on('message', (news: ThreadNews) => {
    if (news.kind === 'load') onLoad(news.share);
    else ready.resolve();
  });
  thread.on('error', (cause: Error) => {
    onCrash(cause);
    ready.reject(cause);
  });
  await ready.promise;
  return {
    async stop() {
      thread.postMessage('stop');
      await exited;
    },
  };
}

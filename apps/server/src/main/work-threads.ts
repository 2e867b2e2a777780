import { Worker } from 'node:worker_threads';
import { threadFile } from '../server-folder.ts';
import { createSecondPipeline } from './second-pipeline.ts';
import type { PipelineData, ThreadData, ThreadNews, Work } from './thread-data.ts';

export interface WorkThreadsOptions extends ThreadData {
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
  const startPipeline = (index: number): Promise<Work> =>
    startThread('main/pipeline-thread.ts', {
      data: { ...data, index, of: 2 },
      onCrash,
      onLoad: (load) => second.hear(load),
    });
  const second = createSecondPipeline({
    start: () => startPipeline(1),
    ...(spareForMs !== undefined && { spareForMs }),
  });
  const threads = await Promise.all([
    startPipeline(0),
    startThread('main/senders-thread.ts', { data, onCrash }),
  ]);
  return {
    async stop() {
      await Promise.all([second, ...threads].map((part) => part.stop()));
    },
  };
}

interface ThreadOptions {
  data: ThreadData | PipelineData;
  onCrash: (cause: Error) => void;
  onLoad?: (share: number) => void;
}

/** Resolves when the thread works. */
async function startThread(
  source: string,
  { data, onCrash, onLoad }: ThreadOptions,
): Promise<Work> {
  const thread = new Worker(threadFile(source), {
    workerData: data,
    // A worker's garbage is short-lived; the default lets it grow to many times this.
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  });
  const ready = Promise.withResolvers<void>();
  const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.on('message', (news: ThreadNews) => {
    if (news.kind === 'load') onLoad?.(news.share);
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

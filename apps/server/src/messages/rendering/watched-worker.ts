import { Worker } from 'node:worker_threads';
import type { RenderTemplate, WorkerAnswer, WorkerRequest, WorkerSetup } from './render-job.ts';
import { threadFile } from '../../server-folder.ts';

/** An answer, or how the thread ended and at which item (from 0; -1 before the first). */
export type WorkerOutcome =
  { ok: true; answer: WorkerAnswer } | { ok: false; at: number; message: string; cause?: unknown };

export interface WatchedWorker {
  readonly dead: boolean;
  /** Its modules are read: it answers at once. */
  readonly ready: boolean;
  /** Hands over a template that the worker does not have yet. */
  define(template: RenderTemplate): void;
  /** One at a time. Ends the worker if one item takes longer than `stuckMs`. */
  ask(request: WorkerRequest, options: { stuckMs: number }): Promise<WorkerOutcome>;
  end(): Promise<void>;
}

const WATCH_EVERY_MS = 100;
/** Of each thread, its parsed templates included. */
const MEMORY_MB = 256;
const MOST_TEMPLATES = 300;
/** Not an item's fault: reading the modules of a new thread. */
const START_MS = 20_000;

export function startWatchedWorker(
  setup: Omit<WorkerSetup, 'progress'>,
  { onReady }: { onReady?: () => void } = {},
): WatchedWorker {
  const progress = new SharedArrayBuffer(4);
  const current = new Int32Array(progress);
  const worker = new Worker(threadFile('messages/rendering/render-worker.ts'), {
    workerData: { ...setup, progress } satisfies WorkerSetup,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    name: 'render',
  });
  // An idle thread does not keep the program running.
  worker.unref();
  const known = new Set<string>();
  let dead = false;
  let ready = false;
  let settle: ((outcome: WorkerOutcome) => void) | undefined;

  const fail = (message: string, cause?: unknown): void => {
    dead = true;
    settle?.({ ok: false, at: Atomics.load(current, 0) - 1, message, cause });
  };
  worker.on('message', (answer: WorkerAnswer) => {
    if (answer.kind !== 'ready') return settle?.({ ok: true, answer });
    ready = true;
    onReady?.();
  });
  worker.on('error', (error: NodeJS.ErrnoException) =>
    fail(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? 'Needs too much memory to render.'
        : `Rendering broke: ${error.message}`,
      error,
    ),
  );
  worker.on('exit', () => fail('Rendering ended unexpectedly.'));

  function watch(stuckMs: number): NodeJS.Timeout {
    let last = 0;
    // Looks, not the clock: a machine that stood still for a while makes one look late.
    let looks = 0;
    return setInterval(() => {
      const at = Atomics.load(current, 0);
      if (at !== last) {
        last = at;
        looks = 0;
        return;
      }
      looks += 1;
      if (looks * WATCH_EVERY_MS < (at === 0 ? START_MS : stuckMs)) return;
      fail(`Takes too long to render (more than ${stuckMs / 1_000} s).`);
      void worker.terminate();
    }, WATCH_EVERY_MS);
  }

  return {
    get dead() {
      return dead;
    },
    get ready() {
      return ready && !dead;
    },
    define(template) {
      if (known.has(template.key)) return;
      const oldest = known.size >= MOST_TEMPLATES ? known.values().next().value : undefined;
      if (oldest !== undefined) {
        known.delete(oldest);
        worker.postMessage({ kind: 'forget', key: oldest } satisfies WorkerRequest);
      }
      known.add(template.key);
      worker.postMessage({ kind: 'define', template } satisfies WorkerRequest);
    },
    async ask(request, { stuckMs }) {
      Atomics.store(current, 0, 0);
      worker.ref();
      const watcher = watch(stuckMs);
      const outcome = await new Promise<WorkerOutcome>((resolve) => {
        settle = resolve;
        if (dead) fail('Rendering ended unexpectedly.');
        else worker.postMessage(request);
      });
      settle = undefined;
      clearInterval(watcher);
      if (!dead) worker.unref();
      return outcome;
    },
    async end() {
      dead = true;
      await worker.terminate();
    },
  };
}

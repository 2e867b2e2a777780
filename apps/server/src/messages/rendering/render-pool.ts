import { availableParallelism } from 'node:os';
import type { TemplateWords } from '@perennial/contracts';
import type { JsonObject } from '../../inbox/index.ts';
import { createContentFetcher, type FetcherOptions } from '../fetching/content-fetcher.ts';
import type { FetchAnswer, FetchCall } from '../fetching/fetch-call.ts';
import { createRenderWithContent } from '../fetching/render-with-content.ts';
import type { Compilation } from './compile-content.ts';
import type { RenderBatch, Rendered, WorkerAnswer, WorkerRequest } from './render-job.ts';
import { startWatchedWorker, type WatchedWorker } from './watched-worker.ts';

export interface RenderPool {
  /** In the order of the items. A rendering that never ends, or eats all memory, is a problem too. */
  render(batch: RenderBatch): Promise<Rendered[]>;
  compile(content: { channel: string; content: JsonObject }): Promise<Compilation>;
  /** What templates may be written of. */
  words(): Promise<TemplateWords>;
  /** Brings what a rendering waits for; false: the next one will not find it either. */
  fetch(workspaceId: number, call: FetchCall): Promise<boolean>;
  close(): Promise<void>;
}

export interface RenderPoolOptions {
  /** Public address of this program, for links. */
  publicUrl: string;
  /** Seals what recipients' links carry. */
  tokenKey: Uint8Array;
  /** Threads; they start when there is work, and end when there was none for a while. */
  size?: number;
  /** Longest rendering of one item before its thread is ended. */
  stuckMs?: number;
  /** The way out for `{% fetch %}`; without it nothing can be fetched. */
  fetching?: FetcherOptions;
}

/** More threads than cores would only take turns. */
const DEFAULT_SIZE = Math.min(4, Math.max(1, availableParallelism()));
const STUCK_MS = 2_000;
const COMPILE_STUCK_MS = 15_000;
/** Nobody's template can hold it up: a busy machine takes its time to read MJML's modules. */
const WORDS_STUCK_MS = 60_000;
const IDLE_MS = 60_000;

interface Task {
  /** Takes a worker for as long as it needs it. */
  run(seat: Seat): Promise<void>;
  urgent: boolean;
}

/** A place for a worker; the worker in it may be replaced. */
interface Seat {
  worker: WatchedWorker | undefined;
  busy: boolean;
  idle: NodeJS.Timeout | undefined;
}

/**
 * Renders in threads, so that a template of somebody else can neither stop the program nor eat its
 * memory: a thread that is stuck is ended, the item at fault is told apart, and the others are
 * rendered by the next thread.
 */
export function createRenderPool(options: RenderPoolOptions): RenderPool {
  const { size = DEFAULT_SIZE, stuckMs = STUCK_MS } = options;
  const seats = Array.from({ length: size }, (): Seat => ({
    worker: undefined,
    busy: false,
    idle: undefined,
  }));
  const waiting: Task[] = [];
  let closed = false;
  const fetcher = options.fetching && createContentFetcher(options.fetching);
  const renderWithContent = createRenderWithContent(
    (batch, answers) =>
      enqueue(
        (seat) => renderAll(seat, { ...batch, answers }),
        batch.urgent ?? batch.items.length === 1,
      ),
    fetcher,
  );

  function workerOf(seat: Seat): WatchedWorker {
    if (seat.worker && !seat.worker.dead) return seat.worker;
    const { publicUrl, tokenKey } = options;
    seat.worker = startWatchedWorker({ publicUrl, tokenKey }, { onReady: next });
    return seat.worker;
  }

  function next(): void {
    for (;;) {
      const task = waiting.find(({ urgent }) => urgent) ?? waiting[0];
      const seat = task && seatForNext();
      if (!task || !seat) return;
      waiting.splice(waiting.indexOf(task), 1);
      void occupy(seat, task);
    }
  }

  /**
   * A warm thread; while all of those are busy another one is started, but what waits is rendered by
   * whoever is ready first: a second of reading modules is longer than a batch.
   */
  function seatForNext(): Seat | undefined {
    const free = seats.filter(({ busy }) => !busy);
    const warm = free.find(({ worker }) => worker?.ready);
    if (warm) return warm;
    const isStarting = ({ worker }: Seat): boolean => worker !== undefined && !worker.dead;
    if (!seats.some(({ worker }) => worker?.ready)) return free.find(isStarting) ?? free[0];
    const another = free[0];
    if (another && !free.some(isStarting)) {
      workerOf(another);
      restLater(another);
    }
    return undefined;
  }

  function restLater(seat: Seat): void {
    clearTimeout(seat.idle);
    seat.idle = setTimeout(() => void dismiss(seat), IDLE_MS);
    seat.idle.unref();
  }

  async function occupy(seat: Seat, task: Task): Promise<void> {
    seat.busy = true;
    clearTimeout(seat.idle);
    await task.run(seat);
    seat.busy = false;
    restLater(seat);
    next();
  }

  async function dismiss(seat: Seat): Promise<void> {
    clearTimeout(seat.idle);
    const { worker } = seat;
    seat.worker = undefined;
    await worker?.end();
  }

  function enqueue<Result>(act: (seat: Seat) => Promise<Result>, urgent: boolean): Promise<Result> {
    if (closed) return Promise.reject(new Error('The render pool is closed.'));
    return new Promise((resolve, reject) => {
      waiting.push({ urgent, run: (seat) => act(seat).then(resolve, reject) });
      next();
    });
  }

  async function renderAll(
    seat: Seat,
    {
      template,
      items,
      fetching: _fetching,
      urgent: _urgent,
      ...common
    }: RenderBatch & {
      answers: Record<string, FetchAnswer>;
    },
  ): Promise<Rendered[]> {
    const results = new Array<Rendered | undefined>(items.length);
    let left = items.map((_, i) => i);
    while (left.length > 0) {
      const worker = workerOf(seat);
      worker.define(template);
      const request: WorkerRequest = {
        kind: 'render',
        key: template.key,
        items: left.map((i) => items[i]!),
        ...common,
      };
      const outcome = await worker.ask(request, { stuckMs });
      if (outcome.ok) {
        const { results: rendered } = outcome.answer as Extract<WorkerAnswer, { kind: 'rendered' }>;
        left.forEach((i, n) => (results[i] = rendered[n]));
        break;
      }
      const culprit = left[outcome.at];
      if (culprit === undefined) throw new Error(outcome.message, { cause: outcome.cause });
      results[culprit] = { ok: false, problem: { path: '', message: outcome.message } };
      left = left.filter((i) => i !== culprit);
    }
    return results as Rendered[];
  }

  async function compileOne(
    seat: Seat,
    content: { channel: string; content: JsonObject },
  ): Promise<Compilation> {
    const worker = workerOf(seat);
    const outcome = await worker.ask(
      { kind: 'compile', ...content },
      { stuckMs: COMPILE_STUCK_MS },
    );
    if (!outcome.ok) return { ok: false, problems: [{ path: '', message: outcome.message }] };
    return (outcome.answer as Extract<WorkerAnswer, { kind: 'compiled' }>).compilation;
  }

  let words: Promise<TemplateWords> | undefined;

  async function askForWords(seat: Seat): Promise<TemplateWords> {
    const outcome = await workerOf(seat).ask({ kind: 'words' }, { stuckMs: WORDS_STUCK_MS });
    if (!outcome.ok) throw new Error(outcome.message, { cause: outcome.cause });
    return (outcome.answer as Extract<WorkerAnswer, { kind: 'words' }>).words;
  }

  /** The same as long as the program runs; a failure is not kept. */
  function readWords(): Promise<TemplateWords> {
    words ??= enqueue(askForWords, true).catch((error: unknown) => {
      words = undefined;
      throw error;
    });
    return words;
  }

  return {
    words: readWords,
    render: (batch) => (batch.items.length === 0 ? Promise.resolve([]) : renderWithContent(batch)),
    async fetch(workspaceId, call) {
      return (await fetcher?.fetch(workspaceId, call)) !== undefined;
    },
    compile: (content) => enqueue((seat) => compileOne(seat, content), true),
    async close() {
      closed = true;
      await Promise.all(seats.map(dismiss));
    },
  };
}

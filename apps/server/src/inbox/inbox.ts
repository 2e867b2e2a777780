import type { Pool } from '../db/pool.ts';
import { flush, type Appended } from './flush.ts';
import type { InboxItem, Lane } from './item.ts';

/** The inbox takes no more for now; HTTP answers 429 with `Retry-After`. */
export class InboxFull extends Error {
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.name = 'InboxFull';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface Inbox {
  /** Resolves when the items are durable. Items of one call stay together and in order. */
  append(entry: { workspaceId: number; lane: Lane; items: InboxItem[] }): Promise<void>;
  /** How many items wait to be resolved in the whole database; beyond a limit appends are refused. */
  setBacklog(items: number): void;
  /**
   * Whether it matters how many wait: something was appended since that was told, or some did. After
   * a no the next append calls `onFirst`.
   */
  wantsBacklog(): boolean;
  /** Flushes what was appended; nothing may be appended afterwards. */
  close(): Promise<void>;
}

export interface InboxOptions {
  pool: Pool;
  clock: () => Date;
  /** Called once when something is appended after nobody read the backlog for a while. */
  onFirst?: () => void;
  /** Largest backlog before appends are refused. */
  maxBacklog?: number;
  /** Items waiting in this process for the flush, before appends are refused. */
  maxPending?: number;
}

interface Waiting extends Appended {
  done: () => void;
  failed: (cause: Error) => void;
}

/**
 * One flusher for the process: what arrives while a flush is under way leaves with the next one,
 * so that concurrent requests share a commit and no timer is needed.
 */
export function createInbox({
  pool,
  clock,
  onFirst = () => {},
  maxBacklog = 20_000_000,
  maxPending = 200_000,
}: InboxOptions): Inbox {
  let waiting: Waiting[] = [];
  let pending = 0;
  let backlog = 0;
  let appended = false;
  let resting = true;
  let flushing: Promise<void> | undefined;
  let closed = false;

  async function flushAll(): Promise<void> {
    while (waiting.length > 0) {
      const leaving = waiting;
      waiting = [];
      await flush(pool, { appended: leaving, clock }).then(
        () => leaving.forEach((entry) => entry.done()),
        (cause: Error) => leaving.forEach((entry) => entry.failed(cause)),
      );
      pending -= leaving.reduce((sum, entry) => sum + entry.items.length, 0);
    }
    flushing = undefined;
  }

  return {
    append({ workspaceId, lane, items }) {
      if (closed) return Promise.reject(new InboxFull('The program is stopping.', 5));
      if (items.length === 0) return Promise.resolve();
      appended = true;
      if (resting) {
        resting = false;
        onFirst();
      }
      if (backlog >= maxBacklog || pending >= maxPending) {
        return Promise.reject(
          new InboxFull(`${backlog + pending} items wait to be handled; try again later.`, 5),
        );
      }
      pending += items.length;
      return new Promise<void>((done, failed) => {
        const texts = items.map((item) => JSON.stringify(item));
        waiting.push({ workspaceId, lane, items: texts, done, failed });
        // After the current turn, so that requests parsed together leave together.
        flushing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(flushAll);
      });
    },
    setBacklog(items) {
      backlog = items;
      appended = false;
    },
    wantsBacklog() {
      resting = !appended && backlog === 0;
      return !resting;
    },
    async close() {
      closed = true;
      await flushing;
    },
  };
}

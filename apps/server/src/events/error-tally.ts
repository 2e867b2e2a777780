import type { Db, Pool } from '../db/index.ts';
import type { ParamFault } from './check-params.ts';
import { addErrorCounts, type ErrorCount } from './error-queries.ts';
import { registerEventTypes } from './event-types.ts';
import { FACT_FLAGS, type Fact } from './fact.ts';

/** An event that its type did not take, or that was stored all the same. */
export interface UnfitEvent {
  workspaceId: number;
  /** Key of its type. */
  event: string;
  door: ErrorCount['door'];
  /** Key of the app whose key was used. */
  app?: string | undefined;
  /** What is wrong with its parameters. */
  faults: ParamFault[];
  /** Why it was refused whatever its parameters, if they have no fault. Default: inactive. */
  because?: 'inactive' | 'reserved';
}

export interface ErrorTally {
  add(unfit: UnfitEvent, n?: number): void;
  /** Those among stored facts that have errors; a batch that is rolled back is counted again. */
  observe(facts: readonly Fact[]): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}

const FLUSH_EVERY_MS = 1000;

/** Counts kept in memory; beyond, they are written at once. */
const MOST_KEPT = 10_000;

/**
 * Counts events with errors for a process, in memory, and writes the sums once a second: a sender
 * that is wrong is wrong with everything it sends. A process that is killed loses that second.
 */
export function createErrorTally({
  pool,
  clock,
  onError,
}: {
  pool: Pool;
  clock: () => Date;
  onError: (cause: unknown) => void;
}): ErrorTally {
  let counts = new Map<string, ErrorCount>();
  let flushing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => void flush().catch(onError), FLUSH_EVERY_MS);
  timer.unref();

  function count(one: Omit<ErrorCount, 'n' | 'lastAt'>, n: number): void {
    const { workspaceId, event, door, app, reason, path, expected, got } = one;
    const key = [workspaceId, event, door, app, reason, path, expected, got].join('\0');
    const known = counts.get(key);
    const lastAt = clock().getTime();
    if (known) Object.assign(known, { n: known.n + n, lastAt });
    else counts.set(key, { ...one, n, lastAt });
  }

  function flush(): Promise<void> {
    flushing = flushing.then(write, write);
    return flushing;
  }

  async function write(): Promise<void> {
    if (counts.size === 0) return;
    const leaving = counts;
    counts = new Map();
    try {
      await registerReserved(pool, [...leaving.values()]);
      await addErrorCounts(pool, { counts: [...leaving.values()] });
    } catch (cause) {
      for (const { n, lastAt: _at, ...one } of leaving.values()) count(one, n);
      throw cause;
    }
  }

  function add(
    { workspaceId, event, door, app = '', faults, because = 'inactive' }: UnfitEvent,
    n = 1,
  ): void {
    const where = { workspaceId, event, door, app };
    count({ ...where, reason: 'event', path: '', expected: '', got: '' }, n);
    for (const { path, reason, expected, got } of faults)
      count({ ...where, reason, path, expected: expected ?? '', got }, n);
    if (faults.length === 0)
      count({ ...where, reason: because, path: '', expected: '', got: '' }, n);
    if (counts.size > MOST_KEPT) void flush().catch(onError);
  }

  return {
    add,
    observe(facts) {
      for (const fact of facts) {
        if ((fact.flags & FACT_FLAGS.errors) === 0) continue;
        add({
          workspaceId: fact.workspaceId,
          event: fact.type,
          door: 'stored',
          faults: fact.faults ?? [],
        });
      }
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

/** What Perennial records itself it may not have recorded yet: of a few types that are known. */
async function registerReserved(db: Db, counts: ErrorCount[]): Promise<void> {
  const reserved = counts.filter(({ reason }) => reason === 'reserved');
  for (const [workspaceId, own] of Map.groupBy(reserved, (count) => count.workspaceId)) {
    const keys = [...new Set(own.map(({ event }) => event))];
    const now = new Date(Math.max(...own.map(({ lastAt }) => lastAt)));
    await registerEventTypes(db, { workspaceId, keys, now });
  }
}

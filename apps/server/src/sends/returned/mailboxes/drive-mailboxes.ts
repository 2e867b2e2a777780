import { claimMailboxes, listHeld, type Lease } from './mailbox-queries.ts';
import { LEASE_MS, watchMailbox, type Watch, type WatchParts } from './watch-mailbox.ts';

export interface DriveParts extends WatchParts {
  /** In `processes`. */
  processId: number;
  onError: (cause: unknown) => void;
}

export interface MailboxDriver {
  /** One look: lets go of what was changed, takes what nobody looks into. */
  look(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 10_000;
/** Each is a connection that stays open. */
const MOST_MAILBOXES = 50;

/** Looks into mailboxes, each in one process of all at a time. */
export function createMailboxDriver(parts: DriveParts): MailboxDriver {
  const { pool, processId, clock, onError } = parts;
  const watches = new Map<number, { lease: Lease; watch: Watch }>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    await letGo();
    const now = clock();
    const rows = await claimMailboxes(pool, {
      processId,
      most: Math.max(0, MOST_MAILBOXES - watches.size),
      until: new Date(now.getTime() + LEASE_MS),
      now,
    });
    for (const row of rows) {
      // A lease that ran out while this very process was stuck.
      watches.get(row.id)?.watch.stop();
      const lease: Lease = { id: row.id, processId, asOf: row.updated_at };
      const watch = watchMailbox(parts, { row, lease });
      const entry = { lease, watch };
      watches.set(row.id, entry);
      watch.ended
        .catch(onError)
        .finally(() => watches.get(row.id) === entry && watches.delete(row.id));
    }
  }

  /** Settings that were changed, or a mailbox that was removed or switched off, need not wait. */
  async function letGo(): Promise<void> {
    if (watches.size === 0) return;
    const held = await listHeld(pool, { processId });
    for (const [id, { lease, watch }] of watches) {
      if (held.get(id)?.getTime() !== lease.asOf.getTime()) watch.stop();
    }
  }

  function tick(): void {
    looking = look()
      .catch(onError)
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, LOOK_EVERY_MS);
      });
  }

  return {
    look,
    start: tick,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      const all = [...watches.values()];
      for (const { watch } of all) watch.stop();
      await Promise.all(all.map(({ watch }) => watch.ended.catch(onError)));
    },
  };
}

import type { Db, Pool, Tx } from '../db/pool.ts';
import type { ItemOutcome } from './item.ts';

export interface TicketOutcome {
  ticket: string;
  outcome: ItemOutcome;
}

/** Written in the transaction that applied the items, so an outcome is never told early. */
export async function writeResults(
  tx: Tx,
  { outcomes, now }: { outcomes: TicketOutcome[]; now: Date },
): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.query(
    `insert into results (ticket, outcome, at)
     select ticket, outcome, $3
       from unnest($1::text[], $2::jsonb[]) as row (ticket, outcome)
         on conflict on constraint results_pkey do nothing`,
    [outcomes.map((row) => row.ticket), outcomes.map((row) => JSON.stringify(row.outcome)), now],
  );
}

export async function readResults(
  db: Db,
  { tickets }: { tickets: string[] },
): Promise<TicketOutcome[]> {
  const { rows } = await db.query<TicketOutcome>(
    `select ticket, outcome from results where ticket = any($1)`,
    [tickets],
  );
  return rows;
}

/** Reads outcomes that nobody will ask for again. */
export async function takeResults(
  tx: Tx,
  { tickets }: { tickets: string[] },
): Promise<TicketOutcome[]> {
  const { rows } = await tx.query<TicketOutcome>(
    `delete from results where ticket = any($1) returning ticket, outcome`,
    [tickets],
  );
  return rows;
}

export async function deleteOldResults(db: Db, { before }: { before: Date }): Promise<void> {
  await db.query(`delete from results where at < $1`, [before]);
}

export interface Results {
  /** The outcome, or undefined when it did not come in time: the item is kept all the same. */
  wait(ticket: string, options?: { timeoutMs?: number }): Promise<ItemOutcome | undefined>;
  /** Looks now: something was applied. */
  wake(): void;
  close(): void;
}

type Waiter = (outcome: ItemOutcome | undefined) => void;

/** Waits for outcomes on behalf of all calls of this process: one statement asks for all of them. */
export function createResults({ pool }: { pool: Pool }): Results {
  // Repeats of one call wait for the same ticket.
  const waiting = new Map<string, Set<Waiter>>();
  let asking = false;
  let again = false;
  // Notifications may be lost (poolers drop `listen`), so it looks by itself too.
  const timer = setInterval(() => void ask(), 1000);
  timer.unref();

  async function ask(): Promise<void> {
    if (waiting.size === 0) return;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const found = await readResults(pool, { tickets: [...waiting.keys()] });
      for (const { ticket, outcome } of found) {
        for (const settle of waiting.get(ticket) ?? []) settle(outcome);
      }
    } finally {
      asking = false;
    }
    if (again) {
      again = false;
      await ask();
    }
  }

  return {
    wait(ticket, { timeoutMs = 10_000 } = {}) {
      return new Promise((resolve) => {
        const settle: Waiter = (outcome) => {
          clearTimeout(timeout);
          waiters.delete(settle);
          if (waiters.size === 0) waiting.delete(ticket);
          resolve(outcome);
        };
        const timeout = setTimeout(() => settle(undefined), timeoutMs);
        const waiters = waiting.get(ticket) ?? new Set();
        waiting.set(ticket, waiters.add(settle));
        void ask().catch(() => {});
      });
    },
    wake() {
      // A failed look is repeated within a second.
      void ask().catch(() => {});
    },
    close() {
      clearInterval(timer);
      for (const waiters of waiting.values()) {
        for (const settle of waiters) settle(undefined);
      }
    },
  };
}

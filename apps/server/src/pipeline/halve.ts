import { sqlState, type Tx } from '../db/pool.ts';

/**
 * Attempts all entries at once; if that fails, each half by itself, until what cannot succeed
 * stands alone and is given up. Halves keep the order, so what one contact did stays in order.
 *
 * Faults of the database itself (lost connection, deadlock, no memory) are thrown: they say
 * nothing about the entries.
 */
export async function halve<Entry>(
  tx: Tx,
  entries: Entry[],
  {
    attempt,
    giveUp,
  }: {
    attempt: (part: Entry[]) => Promise<void>;
    giveUp: (entry: Entry, cause: unknown) => void;
  },
): Promise<void> {
  if (entries.length === 0) return;
  await tx.query('savepoint part');
  try {
    await attempt(entries);
    await tx.query('release savepoint part');
  } catch (cause) {
    if (!isAboutEntries(cause)) throw cause;
    await tx.query('rollback to savepoint part');
    await tx.query('release savepoint part');
    if (entries.length === 1) {
      giveUp(entries[0]!, cause);
      return;
    }
    const middle = Math.ceil(entries.length / 2);
    await halve(tx, entries.slice(0, middle), { attempt, giveUp });
    await halve(tx, entries.slice(middle), { attempt, giveUp });
  }
}

/** SQLSTATE classes that data can cause: bad values, constraint violations, broken programs. */
const CAUSED_BY_DATA = /^(21|22|23|42|54|P0|XX000)/;

function isAboutEntries(cause: unknown): boolean {
  const state = sqlState(cause);
  if (state !== undefined) return CAUSED_BY_DATA.test(state);
  // Whatever our own code throws about an item; a broken connection is no database error.
  return cause instanceof TypeError || cause instanceof RangeError || cause instanceof SyntaxError;
}

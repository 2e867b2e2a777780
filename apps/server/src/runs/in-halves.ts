import { sqlState, type Tx } from '../db/index.ts';

/** SQLSTATE classes that what is stored can cause: bad values, broken constraints, broken programs. */
const CAUSED_BY_DATA = /^(21|22|23|42|54|P0|XX000)/;

/**
 * Attempts all entries at once; if that throws, each half by itself, until the one at fault stands
 * alone: it is given up, and the others are done. What a failed attempt wrote is undone. A broken
 * connection or a conflict with another transaction is nobody's fault here, and climbs.
 */
export async function inHalves<Entry, Outcome>(
  tx: Tx,
  entries: readonly Entry[],
  acts: {
    attempt: (part: readonly Entry[]) => Promise<Outcome>;
    giveUp: (entry: Entry, cause: unknown) => Promise<Outcome>;
  },
): Promise<Outcome[]> {
  if (entries.length === 0) return [];
  await tx.query('savepoint part_of_runs');
  try {
    const outcome = await acts.attempt(entries);
    await tx.query('release savepoint part_of_runs');
    return [outcome];
  } catch (cause) {
    const state = sqlState(cause);
    if (state !== undefined && !CAUSED_BY_DATA.test(state)) throw cause;
    await tx.query('rollback to savepoint part_of_runs');
    await tx.query('release savepoint part_of_runs');
    if (entries.length === 1) return [await acts.giveUp(entries[0]!, cause)];
    const middle = Math.ceil(entries.length / 2);
    return [
      ...(await inHalves(tx, entries.slice(0, middle), acts)),
      ...(await inHalves(tx, entries.slice(middle), acts)),
    ];
  }
}

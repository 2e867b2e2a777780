import { quoteName, type Db } from './pool.ts';

/** PostgreSQL itself looks once a minute, and for a new table a minute is long. */
const LOOK_EVERY_MS = 3000;

export interface YoungTables {
  /** To be called after work; looks if the last look is some seconds ago and over. */
  look(): void;
  /** Resolves when nothing is being counted. */
  settle(): Promise<void>;
}

/**
 * Counts tables that have grown to several times what was counted of them. Plans are kept for as long
 * as a connection lives, and those made while a table was empty (a new installation, the first day of
 * a quarter's partition) read all of it until its statistics say otherwise.
 */
export function watchYoungTables(
  db: Db,
  { now, onError }: { now: () => number; onError: (cause: unknown) => void },
): YoungTables {
  let lookedAt = -Infinity;
  let counting: Promise<void> | undefined;
  return {
    look() {
      if (counting || now() - lookedAt < LOOK_EVERY_MS) return;
      lookedAt = now();
      counting = analyzeYoung(db)
        .catch(onError)
        .finally(() => (counting = undefined));
    },
    async settle() {
      await counting;
    },
  };
}

async function analyzeYoung(db: Db): Promise<void> {
  // Whoever holds the lock of a table counts it already.
  for (const table of await findYoung(db)) {
    await db.query(`analyze (skip_locked) ${quoteName(table)}`);
  }
}

/** By the rows there are now, as far as is known, beside those that were counted. */
async function findYoung(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>({
    name: 'find_young_tables',
    text: `select counted.relname as name
             from pg_class counted
             join pg_stat_user_tables seen on seen.relid = counted.oid
            where counted.relnamespace = current_schema()::regnamespace and counted.relkind = 'r'
              and seen.n_live_tup > 1000 + 2 * greatest(counted.reltuples, 0)`,
    values: [],
  });
  return rows.map(({ name }) => name);
}

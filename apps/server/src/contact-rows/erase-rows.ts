import { quoteName, type Tx } from '../db/index.ts';
import type { ContactTable, Row } from './contact-table.ts';
import { keyColumns, listOf } from './row-statements.ts';

interface Erasing {
  contactIds: readonly number[];
  /** Rows that go of each table: the first by its key. */
  most: number;
}

export interface ErasedRows {
  /** How many, by table. */
  removed: Record<string, number>;
  /** Some are left. */
  isPart: boolean;
}

/** Removes rows of these contacts, children before their parents. */
export async function eraseRows(
  tx: Tx,
  tables: readonly ContactTable[],
  erasing: Erasing,
): Promise<ErasedRows> {
  const erased: ErasedRows = { removed: {}, isPart: false };
  /** Parents of rows that are left. */
  const waiting = new Set<string>();
  for (const { table, follows } of tables.toReversed()) {
    const end = waiting.has(table) ? 'waits' : await eraseUpTo(tx, table, erasing, erased.removed);
    if (end === 'all gone') continue;
    erased.isPart = true;
    if (follows) waiting.add(follows.table);
  }
  return erased;
}

async function eraseUpTo(
  tx: Tx,
  table: string,
  { contactIds, most }: Erasing,
  removed: ErasedRows['removed'],
): Promise<'all gone' | 'some left'> {
  const name = quoteName(table);
  const key = listOf(await keyColumns(tx, { table }));
  const { rows } = await tx.query<{ row: Row }>(
    `select to_jsonb(t) as row from ${name} t
      where contact_id = any($1)
      order by ${key}
     offset $2 limit 1`,
    [contactIds, most],
  );
  const end = rows[0]?.row;
  const { rowCount } = await tx.query(
    `delete from ${name}
      where contact_id = any($1)
        and ($2::jsonb is null
          or (${key}) < (select ${key} from jsonb_populate_record(null::${name}, $2)))`,
    [contactIds, end ? JSON.stringify(end) : null],
  );
  if (rowCount) removed[table] = rowCount;
  return end ? 'some left' : 'all gone';
}

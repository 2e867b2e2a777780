import { quoteName, type Tx } from '../db/index.ts';
import type { ContactTable } from './contact-table.ts';

/** Removes all rows of these contacts, children before their parents. Answers how many, by table. */
export async function eraseRows(
  tx: Tx,
  tables: readonly ContactTable[],
  { contactIds }: { contactIds: readonly number[] },
): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (const { table } of tables.toReversed()) {
    const { rowCount } = await tx.query(
      `delete from ${quoteName(table)} where contact_id = any($1)`,
      [contactIds],
    );
    if (rowCount) removed[table] = rowCount;
  }
  return removed;
}

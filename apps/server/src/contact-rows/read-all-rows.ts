import { quoteName, type Db } from '../db/index.ts';
import type { ContactTable, Row } from './contact-table.ts';

const ROWS_AT_ONCE = 500;

/**
 * All rows of a contact in one table, however many: in pieces, by the table's key. What the
 * database needs for itself is left out.
 */
export async function* readAllRows(
  db: Db,
  { table }: ContactTable,
  { contactId, key }: { contactId: number; key: readonly string[] },
): AsyncGenerator<Row[]> {
  const name = quoteName(table);
  const order = key.map(quoteName).join(', ');
  for (let after: Row | null = null; ;) {
    const result: { rows: { row: Row }[] } = await db.query<{ row: Row }>(
      `select to_jsonb(t) as row from ${name} t
        where t.contact_id = $1
          and ($2::jsonb is null
            or (${order}) > (select ${order} from jsonb_populate_record(null::${name}, $2) as after))
        order by ${order}
        limit ${ROWS_AT_ONCE}`,
      [contactId, after && JSON.stringify(after)],
    );
    const rows = result.rows.map(({ row }) => row);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!;
  }
}

import { quoteName, type Db, type Tx } from '../db/index.ts';
import type { ContactTable, Row } from './contact-table.ts';

/** A table with its columns as the database has them now. */
export interface KnownTable extends ContactTable {
  /** All that are written, without `contact_id`, `source_contact_id` and a contact's `slot`. */
  columns: string[];
  /** Some column is an identity that is always generated. */
  identity: boolean;
}

/** Asked at every use: another program may have migrated the database meanwhile. */
export async function withColumns(tx: Tx, tables: readonly ContactTable[]): Promise<KnownTable[]> {
  const { rows } = await tx.query<{ table: string; column: string; identity: boolean }>({
    name: 'columns_of_contact_tables',
    text: `select c.relname as table, a.attname as column, a.attidentity = 'a' as identity
             from pg_class c
             join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = 'public'::regnamespace and c.relname = any($1)
              and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            order by a.attnum`,
    values: [tables.map(({ table }) => table)],
  });
  return tables.map((declared) => {
    const own = rows.filter(({ table }) => table === declared.table);
    const apart = ['contact_id', 'source_contact_id', ...(declared.slotted ? ['slot'] : [])];
    return {
      ...declared,
      columns: own.map(({ column }) => column).filter((column) => !apart.includes(column)),
      identity: own.some(({ identity }) => identity),
    };
  });
}

export function listOf(columns: readonly string[]): string {
  return columns.map(quoteName).join(', ');
}

export const OVERRIDING = (table: KnownTable): string =>
  table.identity ? 'overriding system value' : '';

/** Whole rows of some contacts. */
export async function readRows(
  tx: Tx,
  table: ContactTable,
  { contactIds }: { contactIds: readonly number[] },
): Promise<Row[]> {
  const { rows } = await tx.query<{ row: Row }>(
    `select to_jsonb(t) as row from ${quoteName(table.table)} t where contact_id = any($1)`,
    [contactIds],
  );
  return rows.map(({ row }) => row);
}

/** Deletes the rows that have these contacts and keys. */
export async function deleteRows(tx: Tx, table: ContactTable, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const name = quoteName(table.table);
  const key = ['contact_id', ...table.conflict!.key].map(quoteName);
  await tx.query(
    `delete from ${name} t
      using jsonb_populate_recordset(null::${name}, $1::jsonb) as gone
      where ${key.map((column) => `t.${column} = gone.${column}`).join(' and ')}`,
    [JSON.stringify(rows)],
  );
}

/** Writes whole rows; one whose key is taken stays out. */
export async function insertRows(tx: Tx, table: KnownTable, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const name = quoteName(table.table);
  const slot = table.slotted ? ['slot'] : [];
  const columns = listOf(['contact_id', 'source_contact_id', ...slot, ...table.columns]);
  await tx.query(
    `insert into ${name} (${columns}) ${OVERRIDING(table)}
     select ${columns} from jsonb_populate_recordset(null::${name}, $1::jsonb)
         on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

/** What tells a contact's rows of a table apart. */
export function keyOf(table: ContactTable, row: Row): string {
  return JSON.stringify(table.conflict!.key.map((column) => row[column]));
}

/** Columns of a table's primary key, in their order. */
export async function keyColumns(db: Db, { table }: ContactTable): Promise<string[]> {
  const { rows } = await db.query<{ column: string }>({
    name: 'key_columns',
    text: `select a.attname as column
             from pg_index i
            cross join unnest(i.indkey) with ordinality as part (attnum, at)
             join pg_attribute a on a.attrelid = i.indrelid and a.attnum = part.attnum
            where i.indrelid = $1::regclass and i.indisprimary
            order by part.at`,
    values: [quoteName(table)],
  });
  return rows.map(({ column }) => column);
}

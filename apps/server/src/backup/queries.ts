import { quoteName, quoteText, type Db } from '../db/index.ts';
import type { Close, Header, TableStart } from './contents.ts';

/** Values as text must not depend on the settings of a server or a role. */
export async function useCanonicalText(db: Db): Promise<void> {
  await db.query(`
    set local timezone = 'UTC';
    set local datestyle = 'ISO';
    set local intervalstyle = 'postgres';
    set local extra_float_digits = 3;
    set local bytea_output = 'hex'`);
}

/** What the runner of migrations writes by itself, on both sides. */
const ownTable = 'schema_migrations';

export async function findMigrations(db: Db): Promise<Header['migrations']> {
  const { rows } = await db.query<Header['migrations'][number]>(
    'select version, name, checksum from schema_migrations order by version',
  );
  return rows;
}

export async function findFingerprint(db: Db): Promise<string | null> {
  const { rows } = await db.query<{ fingerprint: string | null }>(
    'select secret_fingerprint as fingerprint from installation',
  );
  return rows[0]?.fingerprint ?? null;
}

export async function serverVersion(db: Db): Promise<string> {
  const { rows } = await db.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  );
  return rows[0]?.version ?? '';
}

/** Tables with their columns, each after those that its foreign keys refer to. */
export async function findTables(db: Db): Promise<TableStart[]> {
  const { rows } = await db.query<TableStart & { needs: string[] }>(
    `select relname as table,
            array(select attname::text from pg_attribute
                  where attrelid = pg_class.oid and attnum > 0 and not attisdropped
                    and attgenerated = ''
                  order by attnum) as columns,
            array(select target.relname::text from pg_constraint
                  join pg_class as target on target.oid = confrelid
                  where conrelid = pg_class.oid and contype = 'f') as needs
     from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not relispartition and relname <> $1
     order by relname`,
    [ownTable],
  );
  return inOrderOfNeed(rows).map(({ table, columns }) => ({ table, columns }));
}

function inOrderOfNeed<Table extends { table: string; needs: string[] }>(tables: Table[]): Table[] {
  const placed = new Set<string>();
  const ordered: Table[] = [];
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      ({ table, needs }) =>
        !placed.has(table) && needs.every((need) => need === table || placed.has(need)),
    );
    if (ready.length === 0)
      throw new Error('Foreign keys form a circle: no order loads the tables.');
    for (const table of ready) placed.add(table.table);
    ordered.push(...ready);
  }
  return ordered;
}

export async function findPartitions(db: Db): Promise<Header['partitions']> {
  const { rows } = await db.query<Header['partitions'][number]>(
    `select parent.relname as parent, child.relname as name,
            pg_get_expr(child.relpartbound, child.oid) as bound
     from pg_inherits
     join pg_class as parent on parent.oid = inhparent and parent.relkind = 'p'
     join pg_class as child on child.oid = inhrelid and child.relkind = 'r'
     where parent.relnamespace = 'public'::regnamespace
     order by parent.relname, child.relname`,
  );
  return rows;
}

export async function createPartition(
  db: Db,
  { parent, name, bound }: Header['partitions'][number],
): Promise<void> {
  await db.query(
    `create table if not exists ${quoteName(name)} partition of ${quoteName(parent)} ${bound}`,
  );
}

export async function findSequences(db: Db): Promise<Close['sequences']> {
  const { rows } = await db.query<Close['sequences'][number]>(
    `select sequencename as name, last_value as value
     from pg_sequences where schemaname = 'public' order by sequencename`,
  );
  return rows;
}

export async function setSequence(db: Db, name: string, value: number): Promise<void> {
  await db.query(`select setval(${quoteText(quoteName(name))}::regclass, $1)`, [value]);
}

/** The first table found that holds a row; undefined if none does. */
export async function findRows(db: Db): Promise<string | undefined> {
  for (const { table } of await findTables(db)) {
    const { rows } = await db.query<{ found: boolean }>(
      `select exists (select from ${quoteName(table)}) as found`,
    );
    if (rows[0]?.found) return table;
  }
  return undefined;
}

export async function emptyTables(db: Db, tables: TableStart[]): Promise<void> {
  if (tables.length === 0) return;
  await db.query(`truncate ${tables.map(({ table }) => quoteName(table)).join(', ')}`);
}

export function copyOutStatement({ table, columns }: TableStart): string {
  return `copy (select ${columns.map(quoteName).join(', ')} from ${quoteName(table)}) to stdout`;
}

export function copyInStatement({ table, columns }: TableStart): string {
  return `copy ${quoteName(table)} (${columns.map(quoteName).join(', ')}) from stdin`;
}

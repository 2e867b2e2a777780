import { createHash } from 'node:crypto';
import {
  copyIn,
  inTransaction,
  migrate,
  migrationsFolder,
  readMigrations,
  schemaVersion,
  sqlState,
  type Pool,
  type Tx,
} from '../db/index.ts';
import { BackupReader, type Header, type TableEnd, type TableInFile } from './contents.ts';
import {
  createPartition,
  emptyTables,
  findRows,
  findTables,
  setSequence,
  useCanonicalText,
} from './queries.ts';
import { copyInStatement } from './queries.ts';
import { DamagedBackup } from './records.ts';
import { countLines } from './write-backup.ts';

export interface RestoreOptions {
  path: string;
  /** What has to be done before anybody works on the database; within the last transaction. */
  afterwards?: (tx: Tx) => Promise<void>;
  /** Of the secret that the restored database will be used with. */
  fingerprint: string;
  now: Date;
}

/**
 * Fills an empty database from a file and migrates it to this release. The file is read through
 * once before anything is written, and all rows are loaded in one transaction: a restore that fails
 * leaves no rows behind and can be repeated.
 */
export async function restoreBackup(
  pool: Pool,
  { path, fingerprint, now, afterwards }: RestoreOptions,
): Promise<{ schemaVersion: number; tables: TableEnd[] }> {
  const header = await verifyBackup(path);
  requireSecret(header, fingerprint);
  await requireKnownSchema(header);
  await requireEmpty(pool, header);
  await migrate(pool, { now, upTo: header.schemaVersion });
  const tables = await inTransaction(pool, (tx) => load(tx, path));
  await pool.query('analyze');
  await migrate(pool, { now });
  if (afterwards) await inTransaction(pool, afterwards);
  return { schemaVersion: await schemaVersion(pool), tables };
}

/** Reads the whole file and compares every checksum and count. */
export function verifyBackup(path: string): Promise<Header> {
  return BackupReader.read(path, async (reader) => {
    const found: TableEnd[] = [];
    for await (const table of reader.tables()) found.push(await verifyTable(table));
    for (const [index, end] of reader.close.tables.entries()) requireSame(found[index], end);
    return reader.header;
  });
}

async function verifyTable({ table, data }: TableInFile): Promise<TableEnd> {
  const checksum = createHash('sha256');
  const seen = { table, rows: 0, bytes: 0 };
  let piece = await data.next();
  for (; !piece.done; piece = await data.next()) {
    checksum.update(piece.value);
    seen.bytes += piece.value.length;
    seen.rows += countLines(piece.value);
  }
  requireSame({ ...seen, checksum: checksum.digest('hex') }, piece.value);
  return piece.value;
}

function requireSame(found: TableEnd | undefined, stated: TableEnd): void {
  const same = (['table', 'rows', 'bytes', 'checksum'] as const).every(
    (member) => found?.[member] === stated[member],
  );
  if (!same) throw new DamagedBackup(`the data of table ${stated.table} is not what was written`);
}

function requireSecret({ secretFingerprint }: Header, fingerprint: string): void {
  if (secretFingerprint === null || secretFingerprint === fingerprint) return;
  throw new Error(
    'This backup was made with another secret, and what it holds encrypted could not be read. ' +
      'Set PERENNIAL_SECRET to what "perennial secret" prints where the backup was made.',
  );
}

async function requireKnownSchema({ migrations }: Header): Promise<void> {
  const known = await readMigrations(migrationsFolder);
  for (const { version, name, checksum } of migrations) {
    const own = known.find((migration) => migration.version === version);
    if (!own) {
      throw new Error(
        `The backup has migration ${name}, which this release does not know: ` +
          'it was written by a newer Perennial. Restore it with that one.',
      );
    }
    if (own.checksum !== checksum) {
      throw new Error(`The backup was written with another form of migration ${name}.`);
    }
  }
}

async function requireEmpty(pool: Pool, header: Header): Promise<void> {
  const version = await schemaVersion(pool);
  const table = await findRows(pool);
  if (table !== undefined || version > header.schemaVersion) {
    throw new Error(
      `The database is not empty (${table ? `table ${table} has rows` : 'it is newer'}). ` +
        'Restore into a new one: another PERENNIAL_DATA folder, or an empty database.',
    );
  }
}

/** What an altered file makes the database refuse before its checksum is reached. */
const REFUSED_DATA = /^(22|23|3F|42)/;

async function load(tx: Tx, path: string): Promise<TableEnd[]> {
  try {
    return await loadAll(tx, path);
  } catch (cause) {
    if (!REFUSED_DATA.test(sqlState(cause) ?? '')) throw cause;
    throw new DamagedBackup(`the database refuses it: ${(cause as Error).message}`, { cause });
  }
}

function loadAll(tx: Tx, path: string): Promise<TableEnd[]> {
  return BackupReader.read(path, async (reader) => {
    await useCanonicalText(tx);
    for (const partition of reader.header.partitions) await createPartition(tx, partition);
    // Rows that migrations themselves put in are in the file as well.
    await emptyTables(tx, await findTables(tx));
    for await (const table of reader.tables()) await loadTable(tx, table);
    const { tables, sequences } = reader.close;
    for (const { name, value } of sequences) if (value !== null) await setSequence(tx, name, value);
    return tables;
  });
}

async function loadTable(tx: Tx, table: TableInFile): Promise<void> {
  let stated: TableEnd | undefined;
  const pieces = async function* (): AsyncGenerator<Buffer> {
    stated = yield* table.data;
  };
  const rows = await copyIn(tx, copyInStatement(table), pieces());
  if (rows !== stated?.rows) {
    throw new DamagedBackup(`table ${table.table} took ${rows} rows of ${stated?.rows}`);
  }
}

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { advisoryLocks } from './advisory-locks.ts';
import { inTransaction } from './transaction.ts';
import type { Db, Pool, Tx } from './pool.ts';
import { serverFolder } from '../server-folder.ts';

/** The migrations of this release. */
export const migrationsFolder = fileURLToPath(new URL('migrations/', serverFolder));

export interface Migration {
  version: number;
  name: string;
  sql: string;
  checksum: string;
}

export interface MigrateOptions {
  now: Date;
  folder?: string;
  /** Stop after this version; a restore builds the schema its file was written from. */
  upTo?: number;
}

interface AppliedMigration {
  version: number;
  name: string;
  checksum: string;
}

const oldestPostgres = 15;

/**
 * Brings the schema forward, a transaction for each migration. Several programs may call this at
 * once: each migration is taken under a transaction-level lock (session locks do not survive a
 * pooler), so they take turns. Returns what this call applied.
 */
export async function migrate(
  pool: Pool,
  { now, folder = migrationsFolder, upTo = Infinity }: MigrateOptions,
): Promise<Migration[]> {
  await requireSupportedServer(pool);
  const migrations = (await readMigrations(folder)).filter(({ version }) => version <= upTo);
  const applied: Migration[] = [];
  for (;;) {
    const migration = await inTransaction(pool, (tx) => applyNext(tx, { migrations, upTo, now }));
    if (!migration) return applied;
    applied.push(migration);
  }
}

/** The version of the newest migration that the database has, 0 if none. */
export async function schemaVersion(db: Db): Promise<number> {
  const { rows } = await db.query<{ found: boolean }>(
    `select to_regclass('schema_migrations') is not null as found`,
  );
  if (!rows[0]?.found) return 0;
  const versions = await appliedMigrations(db);
  return Math.max(0, ...versions.map(({ version }) => version));
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder).catch(none)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)));
  const names = new Map<number, string>();
  for (const { version, name } of migrations) {
    const other = names.get(version);
    if (other) throw new Error(`Migrations ${other} and ${name} have the same number.`);
    names.set(version, name);
  }
  return migrations;
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
  if (!match) throw new Error(`Migration ${file} is not named like 0001_contacts.sql.`);
  const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  const checksum = createHash('sha256').update(sql).digest('hex');
  return { version: Number(match[1]), name: file.slice(0, -'.sql'.length), sql, checksum };
}

async function applyNext(
  tx: Tx,
  { migrations, upTo, now }: { migrations: Migration[]; upTo: number; now: Date },
): Promise<Migration | undefined> {
  await tx.query('select pg_advisory_xact_lock($1)', [advisoryLocks.migration]);
  await tx.query(`
    create table if not exists schema_migrations (
      version int primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz(3) not null
    )`);
  const applied = await appliedMigrations(tx);
  requireKnownHistory(applied, { migrations, upTo });
  const present = new Set(applied.map(({ version }) => version));
  const migration = migrations.find(({ version }) => !present.has(version));
  if (!migration) return undefined;
  await run(tx, migration);
  await tx.query(
    `insert into schema_migrations (version, name, checksum, applied_at) values ($1, $2, $3, $4)`,
    [migration.version, migration.name, migration.checksum, now],
  );
  return migration;
}

async function run(tx: Tx, { name, sql }: Migration): Promise<void> {
  try {
    await tx.query(sql);
  } catch (cause) {
    throw new Error(`Migration ${name} failed: ${(cause as Error).message}`, { cause });
  }
}

async function appliedMigrations(db: Db): Promise<AppliedMigration[]> {
  const { rows } = await db.query<AppliedMigration>(
    'select version, name, checksum from schema_migrations order by version',
  );
  return rows;
}

function requireKnownHistory(
  applied: AppliedMigration[],
  { migrations, upTo }: { migrations: Migration[]; upTo: number },
): void {
  for (const { version, name, checksum } of applied) {
    const known = migrations.find((migration) => migration.version === version);
    if (!known) throw new Error(unknownMigration(name, upTo));
    if (known.checksum !== checksum || known.name !== name) {
      throw new Error(
        `Migration ${known.name} was edited after this database had it as ${name}. ` +
          'Restore the file and put the change into a new migration.',
      );
    }
  }
}

function unknownMigration(name: string, upTo: number): string {
  return upTo === Infinity
    ? `The database has migration ${name}, which this release does not know. ` +
        'It was written by a newer Perennial: install that one, or restore an older backup.'
    : `The database already has migration ${name}, beyond version ${upTo}.`;
}

async function requireSupportedServer(db: Db): Promise<void> {
  const { rows } = await db.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number,
            current_setting('server_version') as name`,
  );
  if (Number(rows[0]?.number) < oldestPostgres * 10_000) {
    throw new Error(
      `PostgreSQL ${rows[0]?.name} is too old: Perennial needs ${oldestPostgres} or newer.`,
    );
  }
}

function none(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, schemaVersion } from './migrate.ts';
import { createPool } from './pool.ts';
import { cloneDatabase } from './test-database.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const first = 'create table plants (id bigint primary key);';
const second = 'alter table plants add column name text;';

let folder: string;
let database: Awaited<ReturnType<typeof cloneDatabase>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  database = await cloneDatabase({ empty: true });
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
}

async function versions(): Promise<number[]> {
  const { rows } = await database.pool.query<{ version: number }>(
    'select version from schema_migrations order by version',
  );
  return rows.map(({ version }) => version);
}

describe('migrate', () => {
  test('makes its own table when there is no migration', async () => {
    expect(await schemaVersion(database.pool)).toBe(0);
    expect(await migrate(database.pool, { now, folder })).toEqual([]);
    expect(await versions()).toEqual([]);
  });

  test('applies what is missing, in order, and nothing twice', async () => {
    await write({ '0001_plants.sql': first });
    await migrate(database.pool, { now, folder });
    await write({ '0002_names.sql': second });
    const applied = await migrate(database.pool, { now, folder });
    expect(applied.map(({ name }) => name)).toEqual(['0002_names']);
    expect(await schemaVersion(database.pool)).toBe(2);
  });

  test('stops after the version it is asked for', async () => {
    await write({ '0001_plants.sql': first, '0002_names.sql': second });
    await migrate(database.pool, { now, folder, upTo: 1 });
    expect(await versions()).toEqual([1]);
  });

  test('leaves no trace of a migration that fails, and keeps those before it', async () => {
    await write({ '0001_plants.sql': first, '0002_bad.sql': `${second} select 1 / 0;` });
    await expect(migrate(database.pool, { now, folder })).rejects.toThrow(
      'Migration 0002_bad failed: division by zero',
    );
    expect(await versions()).toEqual([1]);
    const { rows } = await database.pool.query('select * from plants');
    expect(rows).toEqual([]);
  });

  test('refuses a migration that was edited after it was applied', async () => {
    await write({ '0001_plants.sql': first });
    await migrate(database.pool, { now, folder });
    await write({ '0001_plants.sql': `${first} -- and more` });
    await expect(migrate(database.pool, { now, folder })).rejects.toThrow(
      'Migration 0001_plants was edited',
    );
  });

  test('refuses a database that a newer release has migrated', async () => {
    await write({ '0001_plants.sql': first, '0002_names.sql': second });
    await migrate(database.pool, { now, folder });
    await rm(join(folder, '0002_names.sql'));
    await expect(migrate(database.pool, { now, folder })).rejects.toThrow(
      'has migration 0002_names, which this release does not know',
    );
  });

  test('refuses a number that stands there twice', async () => {
    await write({ '0001_plants.sql': first, '0001_names.sql': second });
    await expect(migrate(database.pool, { now, folder })).rejects.toThrow(
      '0001_names and 0001_plants have the same number',
    );
  });

  test('applies what was numbered earlier and came later', async () => {
    await write({ '0001_plants.sql': first, '0003_names.sql': second });
    await migrate(database.pool, { now, folder });
    await write({ '0002_leaves.sql': 'create table leaves (id bigint)' });
    const applied = await migrate(database.pool, { now, folder });
    expect(applied.map(({ version }) => version)).toEqual([2]);
  });

  test('lets programs that start together take turns', async () => {
    await write({ '0001_plants.sql': first, '0002_names.sql': second });
    const pools = Array.from({ length: 4 }, () => createPool({ url: database.url, max: 1 }));
    const applied = await Promise.all(pools.map((pool) => migrate(pool, { now, folder })));
    await Promise.all(pools.map((pool) => pool.end()));
    expect(
      applied
        .flat()
        .map(({ version }) => version)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 2]);
  });
});

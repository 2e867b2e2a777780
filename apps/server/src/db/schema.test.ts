import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeSchema } from './describe-schema.ts';
import { cloneDatabase, testDatabase } from './test-database.ts';

const committed = new URL('../../schema.sql', import.meta.url);
const { pool: migrated } = await testDatabase();

test('all migrations give the schema that schema.sql shows', async () => {
  expect(
    await describeSchema(migrated),
    'if the change is meant: npm run check -- --update-schema',
  ).toBe(await readFile(committed, 'utf8'));
});

test('a difference in any part shows', async () => {
  const database = await cloneDatabase({ empty: true });
  const { pool } = database;
  const seen = new Set([await describeSchema(pool)]);
  const changes = [
    'create table plants (id bigint generated always as identity, name text)',
    'alter table plants add primary key (id)',
    `alter table plants alter column name set default 'rose'`,
    'alter table plants alter column name set not null',
    'alter table plants alter column name set storage external',
    'alter table plants set (fillfactor = 70)',
    'create index plants_name on plants (name) where id > 7',
    'create sequence plant_numbers',
    'create table leaves (at timestamptz(3) not null) partition by range (at)',
    `create function water() returns trigger language plpgsql as 'begin return new; end'`,
    'create trigger watering before insert on plants for each row execute function water()',
  ];
  for (const change of changes) {
    await pool.query(change);
    const text = await describeSchema(pool);
    expect(seen.has(text), change).toBe(false);
    seen.add(text);
  }
  await pool.query(
    `create table leaves_2026 partition of leaves for values from ('2026-01-01') to ('2027-01-01')`,
  );
  expect(seen.has(await describeSchema(pool))).toBe(true);
  await database.drop();
});

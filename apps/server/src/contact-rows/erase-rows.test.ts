import { beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import type { ContactTable } from './contact-table.ts';
import { eraseRows, type ErasedRows } from './erase-rows.ts';

const { pool } = await testDatabase();
await pool.query(`
  create table trees (
    contact_id bigint, id bigint, at timestamptz(3), primary key (contact_id, at, id));
  create table twigs (contact_id bigint, id bigint, tree_id bigint, primary key (contact_id, id));
  create table stones (contact_id bigint, name text, primary key (contact_id, name));`);

const tables: ContactTable[] = [
  { table: 'stones' },
  { table: 'trees' },
  { table: 'twigs', follows: { table: 'trees', by: 'tree_id' } },
];

/** Two contacts that are one person, and one that is another. */
beforeEach(() =>
  pool.query(`
    truncate trees, twigs, stones;
    insert into trees select who, n, timestamptz '2026-01-01' + n * interval '1 day'
      from unnest(array[1, 2, 9]) as who, generate_series(1, 2) as n;
    insert into twigs select who, n, 1 from unnest(array[1, 2, 9]) as who, generate_series(1, 4) as n;
    insert into stones select who, 'stone' from unnest(array[1, 9]) as who;`),
);

const erase = (most: number): Promise<ErasedRows> =>
  inTransaction(pool, (tx) => eraseRows(tx, tables, { contactIds: [1, 2], most }));

async function rowsOfOthers(): Promise<number[]> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from trees where contact_id = 9
      union all select count(*) from twigs where contact_id = 9
      union all select count(*) from stones where contact_id = 9`,
  );
  return rows.map(({ n }) => n);
}

test('all rows of a person go at once where there are few, and nobody else’s', async () => {
  expect(await erase(8)).toEqual({ removed: { twigs: 8, trees: 4, stones: 1 }, isPart: false });
  expect(await erase(8)).toEqual({ removed: {}, isPart: false });
  expect(await rowsOfOthers()).toEqual([2, 4, 1]);
});

test('of very many so many go, and parents wait for the last of their children', async () => {
  expect(await erase(3)).toEqual({ removed: { twigs: 3, stones: 1 }, isPart: true });
  expect(await erase(3)).toEqual({ removed: { twigs: 3 }, isPart: true });
  expect(await erase(3)).toEqual({ removed: { twigs: 2, trees: 3 }, isPart: true });
  expect(await erase(3)).toEqual({ removed: { trees: 1 }, isPart: false });
  expect(await rowsOfOthers()).toEqual([2, 4, 1]);
});

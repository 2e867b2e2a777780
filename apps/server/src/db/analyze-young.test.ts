import { afterAll, expect, test } from 'vitest';
import { watchYoungTables } from './analyze-young.ts';
import { testDatabase } from './test-database.ts';

const { pool } = await testDatabase();
afterAll(() => pool.query('drop table if exists plants, herbs'));

async function counted(table: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select reltuples::int as n from pg_class where oid = $1::regclass`,
    [table],
  );
  return rows[0]!.n;
}

/** On one connection, which then tells the others what it did. */
async function grow(table: string, rows: number): Promise<void> {
  const client = await pool.connect();
  await client.query(`insert into ${table} select from generate_series(1, $1)`, [rows]);
  await client.query('select pg_stat_force_next_flush()');
  client.release();
}

test('a table that has grown to several times what was counted is counted again, at most every few seconds', async () => {
  let now = 0;
  const failures: unknown[] = [];
  const young = watchYoungTables(pool, {
    now: () => now,
    onError: (cause) => failures.push(cause),
  });
  async function look(): Promise<void> {
    young.look();
    await young.settle();
  }
  await pool.query('create table plants (); create table herbs ()');
  await grow('plants', 5000);
  await grow('herbs', 500);
  await look();
  expect(await counted('plants')).toBe(5000);
  expect(await counted('herbs')).toBe(-1);

  await grow('plants', 20_000);
  now += 1000;
  await look();
  expect(await counted('plants')).toBe(5000);
  now += 5000;
  await look();
  expect(await counted('plants')).toBe(25_000);

  await grow('plants', 20_000);
  now += 5000;
  await look();
  expect(await counted('plants')).toBe(25_000);
  expect(failures).toEqual([]);
});

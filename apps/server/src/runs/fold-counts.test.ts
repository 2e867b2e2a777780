import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { foldCounts } from './fold-counts.ts';
import { readStatDays, readStats } from './show-stats.ts';

const { pool } = await testDatabase();
const now = new Date('2026-03-10T12:00:00Z');
const workflowId = 7;

async function count(day: string, slot: number, n: number): Promise<void> {
  await pool.query(
    `insert into workflow_counts (workflow_id, day, slot, version, block, what, n)
     values ($1, $2, $3, 1, '', 'started', $4), ($1, $2, $3, 1, 'a', 'entered', $4)`,
    [workflowId, day, slot, n],
  );
}

async function told(): Promise<unknown> {
  const period = { from: new Date('2026-03-07T00:00:00Z'), to: null };
  return [
    await readStats(pool, { workflowId, period, blocks: ['a'] }),
    await readStatDays(pool, { workflowId, days: 5, now }),
  ];
}

async function rowsOf(): Promise<{ day: string; rows: number }[]> {
  const { rows } = await pool.query<{ day: string; rows: number }>(
    `select day::text, count(*)::integer as rows from workflow_counts group by day order by day`,
  );
  return rows;
}

test('counts of days that are over take a row each, and tell the same', async () => {
  for (const slot of [0, 1, 2, 3]) {
    await count('2026-03-06', slot, 5);
    await count('2026-03-08', slot, 1 + slot);
    await count('2026-03-10', slot, 2);
  }
  const before = await told();
  await foldCounts(pool, { before: '2026-03-10' });
  expect(await told()).toEqual(before);
  const folded = [
    { day: '2026-03-06', rows: 2 },
    { day: '2026-03-08', rows: 2 },
    { day: '2026-03-10', rows: 8 },
  ];
  expect(await rowsOf()).toEqual(folded);
  // A batch that began before midnight counts its day late.
  await count('2026-03-08', 3, 4);
  const late = await told();
  await foldCounts(pool, { before: '2026-03-10' });
  expect(await told()).toEqual(late);
  expect(await rowsOf()).toEqual(folded);
});

import { expect, test } from 'vitest';
import { ensurePartitions } from './partitions.ts';
import { testDatabase } from './test-database.ts';

const { pool } = await testDatabase();

test('in a partition without statistics, what one contact did is found by the contact', async () => {
  await ensurePartitions(pool, { now: new Date('2026-06-01') });
  const client = await pool.connect();
  await client.query('set plan_cache_mode = force_generic_plan');
  await client.query(`prepare sought (bigint, bigint, timestamptz) as
    select * from events where contact_id = $1 and event_type_id = $2 and occurred_at >= $3`);
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain execute sought (1, 1, '2026-05-01')`,
  );
  client.release(true);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('events_2026q2_pkey');
  expect(plan).not.toContain('occurred_at_contact_id_idx');
});

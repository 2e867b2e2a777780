import { checkNode } from '@perennial/conditions';
import { NOW } from '@perennial/conditions/test-arbitraries';
import { beforeAll, expect, test, vi } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { evaluateSet } from './evaluate-set.ts';
import { readMembers } from './read-members.ts';
import type { SetQuestion } from './set-question.ts';
import { createWorld, fields, questionOf } from './test-world.ts';

const { pool } = await testDatabase();

/** More than are asked for by themselves, and than are read at once. */
const QUIET_PEOPLE = 1_300;
const SIZE = 600;

const quiet = ask({ not: { type: 'event', event: 'Opened', period: { kind: 'ever' } } });

beforeAll(async () => {
  await createWorld(pool, { people: 25, seed: 3 });
  await pool.query(
    `insert into contacts (id, workspace_id, source, created_at, updated_at, fields)
     select 1000 + n, $1, 'api', $2, $2, '{"time_zone": "Europe/Kyiv"}' from generate_series(1, $3) as n`,
    [quiet.workspaceId, new Date(NOW), QUIET_PEOPLE],
  );
});

function ask(node: object): SetQuestion {
  const checked = checkNode(node, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return questionOf(checked.value, NOW);
}

function read(): Promise<number[][]> {
  return inTransaction(
    pool,
    async (tx) => {
      const reads: number[][] = [];
      for await (const some of readMembers(tx, quiet, { size: SIZE })) {
        reads.push(some.map(({ id }) => id));
      }
      return reads;
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

async function members(): Promise<number[]> {
  const found = await evaluateSet(pool, quiet, { wanted: 'members', timeoutMs: 60_000 });
  return found.toSorted((a, b) => a - b);
}

test('everybody is read once, the first by themselves', async () => {
  const reads = await read();
  expect(reads[0]).toHaveLength(500);
  expect(reads.length).toBeGreaterThan(2);
  for (const some of reads.slice(1)) expect(some.length).toBeLessThanOrEqual(SIZE);
  expect(reads.flat().toSorted((a, b) => a - b)).toEqual(await members());
});

test('where nobody is known within half a second, the first come with the others', async () => {
  const blocker = await pool.connect();
  await blocker.query('begin; lock table events in access exclusive mode');
  const reading = read();
  // The first question was given up.
  await vi.waitUntil(
    async () => {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::integer as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like 'declare %'`,
      );
      return rows[0]!.n === 1;
    },
    { timeout: 20_000 },
  );
  await blocker.query('commit');
  blocker.release();
  const reads = await reading;
  expect(reads[0]!.length).toBeLessThanOrEqual(SIZE);
  expect(reads.flat().toSorted((a, b) => a - b)).toEqual(await members());
});

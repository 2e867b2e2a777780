import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { TestPipeline } from '../pipeline/test-pipeline.ts';
import {
  byGo,
  event,
  T0,
  workflowPipeline,
  workflowWorld,
  type WorkflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
const worlds: WorkflowWorld[] = [];
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await workflowPipeline(pool);
});
afterAll(() => Promise.all(worlds.map((world) => world.close())));

const rest = { type: 'timer', wait: { n: 10, unit: 'month' } };

async function newWorld() {
  const world = await workflowWorld(pool, pipeline);
  worlds.push(world);
  return world;
}

let made = 0;

/** A pool with these codes. */
async function codes(world: WorkflowWorld, ...list: string[]): Promise<number> {
  made += 1;
  const { rows } = await pool.query<{ id: number }>(
    `insert into promo_pools (workspace_id, name, name_key, discount, added, created_at, updated_at)
     values ($1, $2, $2, 15, $3, $4, $4) returning id`,
    [world.workspaceId, `pool ${made}`, list.length, new Date(T0)],
  );
  const { id } = rows[0]!;
  await pool.query(
    `insert into promo_codes (pool_id, workspace_id, code, bucket, added_at)
     select $1, $2, code, 0, $4 from unnest($3::text[]) as code`,
    [id, world.workspaceId, list, new Date(T0)],
  );
  return id;
}

function giving(poolId: number, more: JsonObject = {}): JsonObject {
  return byGo(
    {
      b1: { type: 'promo_code', pool: String(poolId), exits: { ok: 'got', empty: 'none' } },
      got: rest,
      none: rest,
    },
    { limits: { one_at_a_time: false }, ...more },
  );
}

async function used(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::integer as n from promo_codes where state = 'used'`,
  );
  return rows[0]!.n;
}

test('each visit takes one code, and the last ones find none', async () => {
  const world = await newWorld();
  const id = await world.workflow(giving(await codes(world, 'A-1', 'A-2')));
  await world.happen(event('ann', 'Go'), event('bob', 'Go'), event('cid', 'Go'));
  await world.settle();
  const runs = await world.runRows(id);
  const blocks = runs.map(({ block }) => block).toSorted();
  expect(blocks).toEqual(['got', 'got', 'none']);
  const results = runs.flatMap(({ results: { b1 } }) => (b1 ? [b1 as JsonObject] : []));
  expect(new Set(results.map((result) => result['code']))).toEqual(new Set(['A-1', 'A-2']));
  expect(results).toHaveLength(2);
  expect(results[0]).toMatchObject({ discount: 15, expires_at: null });
  const { rows } = await pool.query<{ who: string; code: string }>(
    `select c.external_id as who, p.code from promo_grants g
       join contacts c on c.id = g.contact_id
       join promo_codes p on p.pool_id = g.pool_id and p.id = g.code_id
      where g.workflow_id = $1`,
    [id],
  );
  const whose = new Map(rows.map(({ who, code }) => [who, code]));
  for (const {
    contact_id: contactId,
    results: { b1 },
  } of runs) {
    if (!b1) continue;
    const { rows: found } = await pool.query<{ external_id: string }>(
      `select external_id from contacts where id = $1`,
      [contactId],
    );
    expect(whose.get(found[0]!.external_id)).toBe((b1 as JsonObject)['code']);
  }
});

test('a visit that is broken off has taken nothing, and takes one when it is made again', async () => {
  const world = await newWorld();
  const id = await world.workflow(giving(await codes(world, 'B-1', 'B-2')));
  const before = await used();
  await pool.query(
    `create function die() returns trigger language plpgsql as $$ begin raise 'killed' using errcode = '57P01'; end $$;
     create trigger die before insert on run_steps for each row execute function die()`,
  );
  await world.append(event('ann', 'Go'));
  await expect(world.settle()).rejects.toThrow('killed');
  expect(await used()).toBe(before);
  await pool.query(`drop trigger die on run_steps`);
  await world.settle();
  expect(await world.runs(id)).toEqual(['ann got waiting']);
  expect(await used()).toBe(before + 1);
});

test('a test run takes nothing', async () => {
  const world = await newWorld();
  const id = await world.workflow(giving(await codes(world, 'C-1')));
  const before = await used();
  await world.happen(event('ann', 'Other'));
  await world.happen({
    kind: 'start',
    ids: [['external_id', 'ann']],
    workflowId: id,
    params: {},
    test: true,
    at: T0,
    source: 'manual',
  });
  await world.settle();
  const [run] = await world.runRows(id);
  expect(run!.results['b1']).toMatchObject({ code: 'TEST-CODE', tested: true });
  expect(await used()).toBe(before);
});

test('a message and a later block read the code', async () => {
  const world = await newWorld();
  const poolId = await codes(world, 'D-1');
  const id = await world.workflow(
    byGo({
      b1: { type: 'promo_code', pool: String(poolId), exits: { ok: 'b2' } },
      b2: {
        type: 'update_fields',
        set: { first_name: 'Use {{ run.b1.code }}: {{ run.b1.discount }} off' },
        exits: { next: 'b3' },
      },
      b3: {
        type: 'if',
        condition: { type: 'run', param: 'b1.code', op: 'equals', value: 'D-1' },
        exits: { yes: 'yes', no: 'no' },
      },
      yes: rest,
      no: rest,
    }),
  );
  await world.happen(event('ann', 'Go'));
  await world.settle();
  expect(await world.runs(id)).toEqual(['ann yes waiting']);
  const { rows } = await pool.query<{ name: string }>(
    `select fields ->> 'first_name' as name from contacts where workspace_id = $1`,
    [world.workspaceId],
  );
  expect(rows).toEqual([{ name: 'Use D-1: 15 off' }]);
});

import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { registerEventTypes } from './event-types.ts';
import { readParams } from './event-type-queries.ts';
import type { Fact } from './fact.ts';
import { MOST_PATHS } from './sample-params.ts';
import { createSchemaSampler } from './schema-sampler.ts';

let now = Date.UTC(2026, 2, 2, 10);
const { pool } = await testDatabase();
const clock = (): Date => new Date(now);
const { rows } = await pool.query<{ id: number }>(
  `insert into workspaces (slug, name, created_at) values ('main', 'main', $1) returning id`,
  [clock()],
);
const workspaceId = rows[0]!.id;
let types = 0;

async function newType(): Promise<number> {
  types += 1;
  const key = `Type${types}`;
  return (await registerEventTypes(pool, { workspaceId, keys: [key], now: clock() }))[0]!.id;
}

function sampler() {
  const made = createSchemaSampler({
    pool,
    clock,
    onError: (cause) => {
      throw cause;
    },
  });
  afterAll(() => made.close());
  return made;
}

function facts(typeId: number, list: JsonObject[]): Fact[] {
  return list.map((params, n) => ({
    workspaceId,
    typeId,
    params,
    contactId: 1,
    type: 'Type',
    id: n,
    source: 'sdk' as const,
    occurredAt: now,
    receivedAt: now,
    flags: 0,
    depth: 0,
  }));
}

test('two processes learn one schema together', async () => {
  const typeId = await newType();
  const [one, other] = [sampler(), sampler()];
  one.observe(facts(typeId, [{ a: 1, b: 'x' }]));
  other.observe(facts(typeId, [{ a: 'text' }, { c: true }]));
  await Promise.all([one.flush(), other.flush()]);
  expect(await readParams(pool, { typeId })).toMatchObject([
    { path: 'a', types: ['number', 'string'], examples: expect.arrayContaining([1, 'text']) },
    { path: 'b', types: ['string'], examples: ['x'] },
    { path: 'c', types: ['boolean'], examples: [true] },
  ]);
});

test('after the first hundred facts one of a hundred is looked at', async () => {
  const typeId = await newType();
  const { observe, flush } = sampler();
  observe(
    facts(
      typeId,
      Array.from({ length: 100 }, () => ({ a: 1 })),
    ),
  );
  observe(facts(typeId, [{ missed: 1 }]));
  observe(
    facts(
      typeId,
      Array.from({ length: 98 }, () => ({ a: 1 })),
    ),
  );
  observe(facts(typeId, [{ seen: 1 }]));
  await flush();
  const paths = (await readParams(pool, { typeId })).map((row) => row.path);
  expect(paths).toEqual(['a', 'seen']);
});

test('a path that is seen again moves its time, not more often than each ten minutes', async () => {
  const typeId = await newType();
  const { observe, flush } = sampler();
  const lastSeen = async (): Promise<number | undefined> =>
    (await readParams(pool, { typeId }))[0]?.last_seen_at.getTime();
  observe(facts(typeId, [{ a: 1 }]));
  await flush();
  const first = now;
  now += 60_000;
  observe(facts(typeId, [{ a: 1 }]));
  await flush();
  expect(await lastSeen()).toBe(first);
  now += 600_000;
  observe(facts(typeId, [{ a: 1 }]));
  await flush();
  expect(await lastSeen()).toBe(now);
});

test('a type never has more paths than may be kept, whoever sees them', async () => {
  const typeId = await newType();
  for (const prefix of ['x', 'y']) {
    const { observe, flush } = sampler();
    const names = Array.from({ length: 150 }, (_, n) => [`${prefix}${n}`, n] as const);
    observe(facts(typeId, [Object.fromEntries(names)]));
    await flush();
  }
  expect(await readParams(pool, { typeId })).toHaveLength(MOST_PATHS);
});

test('a type that is gone is passed over', async () => {
  const typeId = await newType();
  const { observe, flush } = sampler();
  observe(facts(typeId, [{ a: 1 }]));
  await pool.query(`delete from event_types where id = $1`, [typeId]);
  await expect(flush()).resolves.toBeUndefined();
});

import type { Json } from '@perennial/conditions';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Identifier, JsonObject } from '../../inbox/index.ts';
import { inTransaction } from '../../db/index.ts';
import { eraseCards } from '../erase-cards.ts';
import { testContacts } from '../test-contacts.ts';
import { indexSlowFilter, MOST_AUTOMATIC } from './index-slow-filter.ts';

const { call, pool, clock, workspace, send, identify, idOf, finishJob } = await testContacts();

const LONG = `${'x'.repeat(250)} end`;

const people: Record<string, JsonObject> = {
  ada: { city: 'Łódź', 'custom.score': 10, 'custom.day': '2026-01-31', 'custom.vip': true },
  bob: { city: 'łódź', 'custom.score': 10.5, 'custom.at': '2026-03-01T09:30:00.000Z' },
  eve: { city: 'ΣΊΣΥΦΟΣ', 'custom.score': -3, 'custom.tags': ['Red', 'blue'] },
  kim: { city: 'İzmir 100%', 'custom.day': '2025-12-31', 'custom.vip': false },
  lee: { city: LONG, 'custom.tags': ['green'] },
  max: { 'custom.score': 9_007_199_254_740_991, 'custom.at': '2026-02-28T23:59:59.999Z' },
};

const fields = { score: 'decimal', day: 'date', at: 'date_time', vip: 'boolean' } as const;

function known(external: string): Identifier[] {
  return [['external_id', external]];
}

beforeAll(async () => {
  for (const [key, type] of Object.entries(fields))
    await call('POST', '/fields', { body: { key, type } });
  await call('POST', '/fields', {
    body: { key: 'tags', type: 'multiple_choice', choices: ['Red', 'blue', 'green'] },
  });
  for (const [external, values] of Object.entries(people)) {
    await send([identify(known(external), values)]);
  }
});

async function find(filter: Json): Promise<string[]> {
  const { status, body } = await call('POST', '/contacts/search', {
    body: { filter, sort: 'created_at' },
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map((contact: { external_id: string }) => contact.external_id);
}

/** The ID of the job that indexes the field. */
async function begin(field: string): Promise<string> {
  const { status, body } = await call('POST', '/fields/indexes', { body: { field } });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body).toMatchObject({ field, automatic: false, done_at: null });
  return newestJob();
}

async function newestJob(): Promise<string> {
  const { rows } = await pool.query<{ id: number }>(`select max(id) as id from jobs`);
  return String(rows[0]!.id);
}

async function valuesOf(external: string): Promise<string[]> {
  const { rows } = await pool.query<{ value: string }>(
    `select value from field_values where contact_id = $1 and field = 'city' order by value`,
    [await idOf(external)],
  );
  return rows.map(({ value }) => value);
}

/** Conditions on every type of field, and who they hold for. */
const conditions: [JsonObject, string[]][] = [
  [{ field: 'city', op: 'equals', value: 'Łódź' }, ['ada']],
  [{ field: 'city', op: 'equals', value: 'ŁÓDŹ', ignore_case: true }, ['ada', 'bob']],
  [{ field: 'city', op: 'one_of', value: ['łódź', 'Nowhere'] }, ['bob']],
  [{ field: 'city', op: 'starts_with', value: 'ΣΊΣ' }, ['eve']],
  [{ field: 'city', op: 'starts_with', value: 'σίσ', ignore_case: true }, ['eve']],
  [{ field: 'city', op: 'ends_with', value: '100%' }, ['kim']],
  [{ field: 'city', op: 'contains', value: 'İzm' }, ['kim']],
  [{ field: 'city', op: 'contains', value: 'x end' }, ['lee']],
  [{ field: 'city', op: 'equals', value: LONG }, ['lee']],
  [{ field: 'city', op: 'equals', value: 'Nowhere' }, []],
  [{ field: 'custom.score', op: 'equals', value: 10 }, ['ada']],
  [{ field: 'custom.score', op: 'greater', value: 10 }, ['bob', 'max']],
  [{ field: 'custom.score', op: 'between', value: [-3, 10] }, ['ada', 'eve']],
  [{ field: 'custom.day', op: 'before', value: '2026-01-01', zone: 'workspace' }, ['kim']],
  [{ field: 'custom.day', op: 'after', value: '2026-01-01', zone: 'contact' }, ['ada']],
  [{ field: 'custom.at', op: 'on', value: '2026-03-01', zone: 'workspace' }, ['bob']],
  [
    {
      field: 'custom.at',
      op: 'between',
      value: ['2026-02-01', '2026-03-01'],
      zone: 'workspace',
    },
    ['max'],
  ],
  [{ field: 'custom.vip', op: 'equals', value: true }, ['ada']],
  [{ field: 'custom.vip', op: 'is_set' }, ['ada', 'kim']],
  [{ field: 'custom.tags', op: 'has_any', value: ['red'], ignore_case: true }, ['eve']],
  [{ field: 'custom.tags', op: 'has_all', value: ['blue', 'Red'] }, ['eve']],
];

describe('a filter finds the same with an index as without', () => {
  test.each(conditions)('%j', async (condition, expected) => {
    const filter = { type: 'field', ...condition };
    expect(await find(filter)).toEqual(expected);
  });

  test('as soon as the index is built', async () => {
    for (const field of [
      'city',
      'custom.tags',
      ...Object.keys(fields).map((key) => `custom.${key}`),
    ])
      await finishJob(await begin(field));
    const { body } = await call('GET', '/fields/indexes');
    expect(body.items.map((index: { done_at: unknown }) => index.done_at)).not.toContain(null);
  });

  test.each(conditions)('%j, indexed', async (condition, expected) => {
    const filter = { type: 'field', ...condition };
    expect(await find(filter)).toEqual(expected);
    expect(await find({ not: filter })).toEqual(
      Object.keys(people).filter((external) => !expected.includes(external)),
    );
  });

  test('also where conditions are joined', async () => {
    const [city, vip] = [
      { type: 'field', field: 'city', op: 'equals', value: 'Łódź' },
      { type: 'field', field: 'custom.vip', op: 'equals', value: false },
    ];
    expect(await find({ any: [city, vip] })).toEqual(['ada', 'kim']);
    expect(await find({ all: [city, vip] })).toEqual([]);
    expect(await find({ all: [{ not: city }, vip] })).toEqual(['kim']);
  });

  test('and reads none but those whom the index names', async () => {
    const filter = { type: 'field', field: 'city', op: 'equals', value: 'łódź' };
    const gone = { contact: await idOf('bob'), value: 'łódź' };
    await pool.query(`delete from field_values where contact_id = $1 and value = $2`, [
      gone.contact,
      gone.value,
    ]);
    expect(await find(filter)).toEqual([]);
    await send([identify(known('bob'), { city: 'Kyiv' })]);
    expect(await find({ ...filter, value: 'Kyiv' })).toEqual(['bob']);
  });
});

describe('a list sorted by an indexed field', () => {
  async function inPages(sort: string): Promise<string[]> {
    const found: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { body } = await call('POST', '/contacts/search', { body: { sort, limit: 2, cursor } });
      found.push(...body.items.map((contact: { external_id: string }) => contact.external_id));
      cursor = body.next_cursor;
    }
    return found;
  }

  test.each([
    ['custom.score', ['eve', 'ada', 'bob', 'max', 'lee', 'kim']],
    ['-custom.score', ['max', 'bob', 'ada', 'eve', 'lee', 'kim']],
    ['custom.at', ['max', 'bob', 'lee', 'kim', 'eve', 'ada']],
  ])('by %s is the same in pages, without values last', async (sort, order) => {
    expect(await inPages(sort)).toEqual(order);
  });

  test('leaves out what the index says and the card no longer does', async () => {
    await pool.query(
      `insert into field_values (contact_id, workspace_id, field, value, number)
       values ($1, $2, 'custom.score', '11', 11), ($1, $2, 'custom.score', '12', 12)`,
      [await idOf('eve'), workspace.id],
    );
    expect(await inPages('-custom.score')).toEqual(['max', 'bob', 'ada', 'eve', 'lee', 'kim']);
  });

  test('is read from the index', async () => {
    await pool.query(`delete from field_values where contact_id = $1`, [await idOf('max')]);
    expect(await inPages('custom.score')).toEqual(['eve', 'ada', 'bob', 'lee', 'kim']);
  });
});

test('contacts are found by their IDs', async () => {
  const ids = [await idOf('ada'), await idOf('kim'), '999999999', 'x'];
  expect(await find({ type: 'field', field: 'id', op: 'one_of', value: ids })).toEqual([
    'ada',
    'kim',
  ]);
  expect(await find({ type: 'field', field: 'id', op: 'equals', value: ids[0]! })).toEqual(['ada']);
});

test('parts of an e-mail are found by its index', async () => {
  await send([identify([['email', 'Nora@Sub.Example.org']])]);
  await finishJob(await begin('email'));
  const { body } = await call('POST', '/contacts/search', {
    body: { filter: { type: 'field', field: 'email', op: 'contains', value: '@sub.' } },
  });
  expect(body.items).toMatchObject([{ email: 'nora@sub.example.org' }]);
  await pool.query(`delete from field_values where field = 'email'`);
  const { body: none } = await call('POST', '/contacts/search', {
    body: { filter: { type: 'field', field: 'email', op: 'contains', value: '@sub.' } },
  });
  expect(none.items).toEqual([]);
});

test('the index follows the card: changed, emptied, merged, parted, erased', async () => {
  await send([
    identify(known('may'), { city: 'Oslo' }),
    identify([['anonymous_id', 'x1']], { city: 'Rome' }),
  ]);
  expect(await valuesOf('may')).toEqual(['oslo']);
  await send([identify(known('may'), { city: 'Bergen' })]);
  expect(await valuesOf('may')).toEqual(['bergen']);
  await send([identify([...known('may'), ['anonymous_id', 'x1']], { language: 'no' })]);
  expect(await valuesOf('may')).toEqual(['bergen']);
  expect(await find({ type: 'field', field: 'city', op: 'equals', value: 'Rome' })).toEqual([]);
  const id = await idOf('may');
  const { body } = await call('GET', `/contacts/${id}/merges`);
  await call('POST', `/contacts/${id}/merges/${body.items[0].id}/undo`);
  const rome = { type: 'field', field: 'city', op: 'equals', value: 'Rome' };
  const { body: apart } = await call('POST', '/contacts/search', {
    body: { filter: rome, identified: 'all' },
  });
  expect(apart.items).toHaveLength(1);
  await send([identify(known('may'), { city: null })]);
  expect(await valuesOf('may')).toEqual([]);
  await inTransaction(pool, (tx) => eraseCards(tx, { contactIds: [Number(apart.items[0].id)] }));
  expect((await pool.query(`select from field_values where value = 'rome'`)).rowCount).toBe(0);
});

test('what was indexed while it changed is found, and what it no longer says is not', async () => {
  await call('POST', '/fields', { body: { key: 'nick', type: 'text' } });
  await send([identify(known('zoe'), { 'custom.nick': 'Old' })]);
  const job = await begin('custom.nick');
  await send([identify(known('zoe'), { 'custom.nick': 'New' })]);
  await finishJob(job);
  const nick = { type: 'field', field: 'custom.nick', op: 'equals' };
  expect(await find({ ...nick, value: 'New' })).toEqual(['zoe']);
  expect(await find({ ...nick, value: 'Old' })).toEqual([]);
});

test('an index that was not built to its end can be begun anew', async () => {
  await call('POST', '/fields', { body: { key: 'seat', type: 'text' } });
  await send([identify(known('uma'), { 'custom.seat': '12A' })]);
  const stopped = await begin('custom.seat');
  await call('POST', `/jobs/${stopped}/cancel`);
  clock.advance(1000);
  await finishJob(await begin('custom.seat'));
  const { body } = await call('GET', '/fields/indexes');
  const index = body.items.find((each: { field: string }) => each.field === 'custom.seat');
  expect(index.done_at).not.toBeNull();
});

test('an index whose building is cancelled is none, and keeps no value', async () => {
  await call('POST', '/fields', { body: { key: 'row', type: 'text' } });
  await send([identify(known('vic'), { 'custom.row': '7' })]);
  const job = await begin('custom.row');
  // Written beside the job, by the card itself.
  await send([identify(known('wim'), { 'custom.row': '8' })]);
  await call('POST', `/jobs/${job}/cancel`);
  await finishJob(job);
  expect((await call('GET', `/jobs/${job}`)).body.state).toBe('cancelled');
  const { body } = await call('GET', '/fields/indexes');
  expect(body.items.map(({ field }: { field: string }) => field)).not.toContain('custom.row');
  await finishJob(await newestJob());
  const { rowCount } = await pool.query(`select from field_values where field = 'custom.row'`);
  expect(rowCount).toBe(0);
  expect(await find({ type: 'field', field: 'custom.row', op: 'equals', value: '8' })).toEqual([
    'wim',
  ]);
  await finishJob(await begin('custom.row'));
});

describe('a slow filter', () => {
  const slow = (...names: string[]): Promise<string[]> =>
    indexSlowFilter(pool, { workspaceId: workspace.id, fields: names, now: clock.now() });

  test('gets its field indexed, once', async () => {
    await send([identify(known('ida'), { country: 'IS' })]);
    expect(await slow('country')).toEqual(['country']);
    const job = await newestJob();
    expect(await slow('country')).toEqual(['country']);
    expect(await newestJob()).toBe(job);
    await finishJob(job);
    expect(await find({ type: 'field', field: 'country', op: 'equals', value: 'IS' })).toEqual([
      'ida',
    ]);
    const { rows } = await pool.query(
      `select action, actor_kind from audit where object_kind = 'field_index' and object_id = 'country'`,
    );
    expect(rows).toEqual([{ action: 'field_index.create', actor_kind: 'system' }]);
  });

  test('leaves alone what a person dropped; a person can make it again', async () => {
    expect((await call('DELETE', '/fields/indexes/country')).status).toBe(204);
    expect(await slow('country')).toEqual([]);
    await finishJob(await newestJob());
    const { rowCount } = await pool.query(`select from field_values where field = 'country'`);
    expect(rowCount).toBe(0);
    expect(await find({ type: 'field', field: 'country', op: 'equals', value: 'IS' })).toEqual([
      'ida',
    ]);
    await finishJob(await begin('country'));
    expect((await pool.query(`select from field_values where field = 'country'`)).rowCount).toBe(1);
  });

  test('gets nothing where there is no room', async () => {
    const many = Array.from({ length: MOST_AUTOMATIC + 5 }, (_, n) => `custom.many${n}`);
    expect(await slow(...many)).toHaveLength(MOST_AUTOMATIC);
  });
});

test.each([
  ['source', 'indexed for all workspaces'],
  ['last_seen_at', 'changes too often'],
  ['custom.nothing', 'no such field'],
])('%s is not indexed', async (field, why) => {
  const { status, body } = await call('POST', '/fields/indexes', { body: { field } });
  expect(status).toBe(400);
  expect(body.errors[0].message).toContain(why);
});

test('an index that is not there cannot be dropped', async () => {
  expect((await call('DELETE', '/fields/indexes/region')).status).toBe(404);
});

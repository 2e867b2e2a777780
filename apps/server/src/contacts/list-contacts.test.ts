import { beforeAll, describe, expect, test } from 'vitest';
import type { Identifier } from '../inbox/index.ts';
import { testContacts } from './test-contacts.ts';

const { call, pool, send, identify, track, idOf, clock, addWorkspace, addKey } =
  await testContacts();

interface Person {
  external: string;
  email?: string;
  first?: string;
  last?: string;
}

const people: Person[] = [
  { external: 'u1', email: 'ada@example.com', first: 'Ada', last: 'Byron' },
  { external: 'u2', email: 'bob@example.com', first: 'Bob', last: 'Adams' },
  { external: 'u3', first: 'Zoë', last: 'Über' },
  { external: 'U4', email: 'adam@example.com' },
  { external: '50%_off', email: 'carl@example.com', first: 'carl' },
];

beforeAll(async () => {
  for (const { external, email, first, last } of people) {
    const ids: Identifier[] = [
      ['external_id', external],
      ...(email ? [['email', email] as Identifier] : []),
    ];
    await send([
      identify(ids, { ...(first && { first_name: first }), ...(last && { last_name: last }) }),
    ]);
  }
  await send([track([['anonymous_id', 'visitor']], 'Opened')]);
});

async function list(query: Record<string, string>): Promise<(string | null)[]> {
  const { status, body } = await call('GET', `/contacts?${new URLSearchParams(query).toString()}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map((contact: { external_id: string | null }) => contact.external_id);
}

/** All pages of two, joined; the list must not depend on where it is cut. */
async function listInPages(query: Record<string, string>): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (let cursor: string | null = null, pages = 0; pages < 10; pages += 1) {
    const page: Record<string, string> = { ...query, limit: '2', ...(cursor && { cursor }) };
    const { body } = await call('GET', `/contacts?${new URLSearchParams(page).toString()}`);
    found.push(...body.items.map((contact: { external_id: string }) => contact.external_id));
    cursor = body.next_cursor;
    if (cursor === null) return found;
  }
  throw new Error('the list does not end');
}

describe('the list of contacts', () => {
  test('has the identified ones, the newest first, and how many there are', async () => {
    const { body } = await call('GET', '/contacts');
    expect(body.items.map((contact: { external_id: string }) => contact.external_id)).toEqual(
      people.map((person) => person.external).toReversed(),
    );
    expect(body).toMatchObject({ total: 5, total_exact: true, next_cursor: null });
  });

  test('leaves the number to another call when asked', async () => {
    const page = await call('GET', '/contacts?limit=2&count=false');
    expect(page.body).toMatchObject({ total: null });
    expect(page.body.items).toHaveLength(2);
    const searched = await call('POST', '/contacts/search', { body: { limit: 2, count: false } });
    expect(searched.body).toMatchObject({ total: null });
    const counted = await call('GET', '/contacts/count?search=ad');
    expect(counted.body).toEqual({ total: 3, total_exact: true });
  });

  test('has the anonymous ones when asked', async () => {
    expect(await list({ identified: 'all' })).toEqual([null, '50%_off', 'U4', 'u3', 'u2', 'u1']);
    const { body } = await call('GET', '/contacts?identified=all');
    expect(body.total).toBe(6);
  });

  test.each([
    ['created_at', ['u1', 'u2', 'u3', 'U4', '50%_off']],
    ['-created_at', ['50%_off', 'U4', 'u3', 'u2', 'u1']],
    ['email', ['u1', 'U4', 'u2', '50%_off', 'u3']],
    ['-email', ['50%_off', 'u2', 'U4', 'u1', 'u3']],
    ['external_id', ['50%_off', 'U4', 'u1', 'u2', 'u3']],
    ['name', ['u1', 'u2', '50%_off', 'u3', 'U4']],
    ['-name', ['u3', '50%_off', 'u2', 'u1', 'U4']],
    ['updated_at', ['u1', 'u2', 'u3', 'U4', '50%_off']],
  ])('sorted by %s is the same whole and in pages, without values last', async (sort, order) => {
    expect(await list({ sort })).toEqual(order);
    expect(await listInPages({ sort })).toEqual(order);
  });

  test('sorted by the last sight has the silent ones last', async () => {
    await send([track([['external_id', 'u2']], 'Opened')]);
    await send([track([['external_id', 'u1']], 'Opened')]);
    expect(await listInPages({ sort: '-last_seen_at' })).toEqual([
      'u1',
      'u2',
      '50%_off',
      'U4',
      'u3',
    ]);
  });

  test('counts only on its first page', async () => {
    const first = await call('GET', '/contacts?limit=2');
    const second = await call('GET', `/contacts?limit=2&cursor=${first.body.next_cursor}`);
    expect([first.body.total, second.body.total]).toEqual([5, null]);
  });
});

describe('a search finds', () => {
  test.each([
    ['the beginning of an e-mail', 'ada@', ['u1']],
    ['beginnings of names and e-mails', 'ada', ['U4', 'u2', 'u1']],
    ['both orders of a name', 'byron ada', ['u1']],
    ['a surname', 'über', ['u3']],
    ['an external ID as it is written', 'U4', ['U4']],
    ['what looks like a pattern as the text it is', '50%_', ['50%_off']],
    ['not what a pattern would mean', '%', []],
    ['not the middle of a word', 'yron', []],
  ])('%s', async (_what, search, found) => {
    expect(await list({ search })).toEqual(found);
  });

  test('a contact by its ID, anonymous or not', async () => {
    expect(await list({ search: `id:${await idOf('u3')}` })).toEqual(['u3']);
    expect(await list({ search: await idOf('u3') })).toEqual(['u3']);
    expect(await list({ search: 'visitor' })).toEqual([null]);
  });

  test('as many as it says, page by page', async () => {
    const { body } = await call('GET', '/contacts?search=ada&limit=2');
    expect(body).toMatchObject({ total: 3, total_exact: true });
    expect(await listInPages({ search: 'ada', sort: 'email' })).toEqual(['u1', 'U4', 'u2']);
  });
});

test('of very many contacts the total is an estimate and says so, and all can be sorted by', async () => {
  const crowd = await addWorkspace('crowd');
  const as = await addKey({ workspaceId: crowd.id });
  await pool.query(
    `insert into contacts (id, workspace_id, external_id, source, created_at, updated_at, last_seen_at)
     select nextval('contact_ids'), $1, 'c' || n, 'import', $2, $2, $2 from generate_series(1, 120000) n`,
    [crowd.id, clock.now()],
  );
  await pool.query('analyze contacts');
  const { body } = await call('GET', '/contacts?limit=1', { as });
  expect(body.total_exact).toBe(false);
  expect(body.total).toBeGreaterThan(108_000);
  expect(body.total).toBeLessThan(132_000);
  await pool.query(
    `update contacts set last_seen_at = $2 where workspace_id = $1 and external_id = 'c7'`,
    [crowd.id, new Date(clock.now().getTime() + 1)],
  );
  const sorted = await call('GET', '/contacts?sort=-last_seen_at&limit=1', { as });
  expect(sorted.body.items).toMatchObject([{ external_id: 'c7' }]);
  const found = await call('GET', '/contacts?search=c1&limit=1', { as });
  expect(found.body).toMatchObject({ total: 2001, total_exact: false });
});

describe('a filter', () => {
  const ukrainian = { type: 'field', field: 'country', op: 'equals', value: 'UA' };

  beforeAll(async () => {
    await send([
      identify([['external_id', 'u1']], { country: 'UA', 'custom.level': 7 }),
      identify([['external_id', 'u3']], { country: 'UA', 'custom.level': 12 }),
      identify([['external_id', 'U4']], { 'custom.level': -1.5 }),
    ]);
  });

  const filtered = (filter: unknown, more: Record<string, string> = {}) =>
    list({ filter: JSON.stringify(filter), ...more });

  test('leaves those who match, in GET and in POST', async () => {
    expect(await filtered(ukrainian)).toEqual(['u3', 'u1']);
    const { body } = await call('POST', '/contacts/search', { body: { filter: ukrainian } });
    expect(body).toMatchObject({ total: 2, total_exact: true });
    expect(body.items.map((contact: { external_id: string }) => contact.external_id)).toEqual([
      'u3',
      'u1',
    ]);
  });

  test('goes with a search, a sort and pages', async () => {
    expect(await filtered({ not: ukrainian }, { search: 'ad' })).toEqual(['U4', 'u2']);
    const query = { filter: JSON.stringify({ not: ukrainian }), sort: 'email' };
    expect(await listInPages(query)).toEqual(['U4', 'u2', '50%_off']);
  });

  test('tells where it is wrong', async () => {
    for (const [filter, path, message] of [
      [{ type: 'field', field: 'kountry', op: 'is_set' }, '/filter/field', 'unknown field'],
      [{ all: [{ type: 'event_param', param: 'p' }] }, '/filter/all/0/type', 'unknown condition'],
      [{ type: 'event', event: 'Opened', period: 'ever' }, '/filter/period', 'expected a period'],
      [{ ...ukrainian, op: 'greater' }, '/filter/op', 'expected'],
      ['everyone', '/filter', 'expected an object'],
    ] as const) {
      const { status, body } = await call('POST', '/contacts/search', { body: { filter } });
      expect(status).toBe(400);
      expect(body.errors[0].path).toBe(path);
      expect(body.errors[0].message).toContain(message);
    }
    expect((await call('GET', '/contacts?filter=%7B')).status).toBe(400);
  });

  test('takes no value from an event: there is none', async () => {
    const filter = { ...ukrainian, value: { $event: 'country' } };
    const { status, body } = await call('POST', '/contacts/search', { body: { filter } });
    expect({ status, detail: body.detail }).toEqual({
      status: 422,
      detail: 'There is no event to take a value from.',
    });
  });

  test('asks for personal values only on behalf of those who may see them', async () => {
    const as = await addKey({ rights: ['contacts.read'] });
    const ask = async (filter: object) =>
      (await call('POST', '/contacts/search', { as, body: { filter } })).status;
    expect(await ask(ukrainian)).toBe(200);
    expect(await ask({ type: 'field', field: 'email', op: 'is_set' })).toBe(200);
    expect(await ask({ type: 'field', field: 'email', op: 'starts_with', value: 'a' })).toBe(403);
    expect(await ask({ not: { type: 'field', field: 'custom.level', op: 'less', value: 1 } })).toBe(
      403,
    );
    const opened = { type: 'event', event: 'Opened', period: { kind: 'ever' } };
    const leaf = { param: 'book', op: 'equals', value: 'Emma' };
    const sum = { kind: 'sum', param: 'price', op: 'greater', value: 1 };
    expect(await ask(opened)).toBe(200);
    expect(await ask({ ...opened, where: { param: 'book', op: 'is_set' } })).toBe(200);
    expect(await ask({ ...opened, where: { any: [leaf] } })).toBe(403);
    expect(await ask({ ...opened, measure: sum })).toBe(403);
    expect(await ask({ type: 'order', where: leaf })).toBe(403);
  });

  test('asks what contacts did', async () => {
    const everybody = await filtered({ type: 'everyone' });
    const opened = { type: 'event', event: 'Opened', period: { kind: 'ever' } };
    expect(await filtered(opened)).toEqual(['u2', 'u1']);
    expect(await filtered({ not: opened })).toEqual(
      everybody.filter((id) => id !== 'u1' && id !== 'u2'),
    );
    expect(await filtered({ all: [opened, { not: opened }] })).toEqual([]);
  });

  test('a list is sorted by a custom field, numbers as numbers', async () => {
    expect(await listInPages({ sort: '-custom.level' })).toEqual([
      'u3',
      'u1',
      'U4',
      '50%_off',
      'u2',
    ]);
    expect(await listInPages({ sort: 'custom.level' })).toEqual([
      'U4',
      'u1',
      'u3',
      '50%_off',
      'u2',
    ]);
    expect((await call('GET', '/contacts?sort=custom.nothing')).status).toBe(400);
    expect((await call('GET', '/contacts?sort=shoe_size')).status).toBe(400);
  });
});

describe('the state of a channel', () => {
  const inState = (state: string, channel = 'email') =>
    list({ filter: JSON.stringify({ type: 'channel', channel, state }), sort: 'external_id' });

  beforeAll(async () => {
    const suppress = (address: string, reason: string, until: Date | null) =>
      pool.query(
        `insert into suppressions (workspace_id, channel, address, reason, since, until, source)
         select id, 'email', $1, $2, $3, $4, 'manual' from workspaces where slug = 'main'`,
        [address, reason, clock.now(), until],
      );
    await suppress('bob@example.com', 'unsubscribed', null);
    await suppress('bob@example.com', 'bounced', null);
    await suppress('adam@example.com', 'blocked', new Date(clock.now().getTime() - 1));
    await send([
      {
        ...identify([
          ['external_id', 'u5'],
          ['email', 'eve@example.com'],
        ]),
        confirmed: false,
      } as never,
    ]);
  });

  test('is what the card shows', async () => {
    expect(await inState('subscribed')).toEqual(['50%_off', 'U4', 'u1']);
    expect(await inState('unconfirmed')).toEqual(['u5']);
    expect(await inState('unsubscribed')).toEqual(['u2']);
    expect(await inState('bounced')).toEqual(['u2']);
    expect(await inState('blocked')).toEqual([]);
    expect(await inState('absent')).toEqual(['u3']);
  });

  test('of devices counts each of them', async () => {
    await send([
      {
        ...identify([['external_id', 'u1']]),
        device: { deviceId: 'd1', pushToken: 't1', app: 'ios', pushEnabled: true },
      } as never,
      {
        ...identify([['external_id', 'u3']]),
        device: { deviceId: 'd3', pushToken: 't3', pushEnabled: false },
      } as never,
    ]);
    expect(await inState('subscribed', 'mobile_push')).toEqual(['u1']);
    expect(await inState('absent', 'mobile_push')).toEqual(['50%_off', 'U4', 'u2', 'u5']);
  });
});

describe('deleted contacts', () => {
  test('are listed apart, shown, and brought back', async () => {
    await send([identify([['external_id', 'gone']], { first_name: 'Gone' })]);
    const id = await idOf('gone');
    expect((await call('POST', `/contacts/${id}/restore`)).status).toBe(409);
    clock.advance(1000);
    await call('DELETE', `/contacts/${id}`);
    clock.advance(1000);
    expect(await list({ deleted: 'true' })).toEqual(['gone']);
    expect(await list({ deleted: 'true', search: 'gon' })).toEqual(['gone']);
    expect(await list({ search: 'gon' })).toEqual([]);
    const { status, body } = await call('POST', `/contacts/${id}/restore`);
    expect({ status, name: body.first_name, deleted: body.deleted_at }).toEqual({
      status: 200,
      name: 'Gone',
      deleted: null,
    });
    expect(await list({ deleted: 'true' })).toEqual([]);
  });
});

describe('a filter by lists and categories', () => {
  test('asks for members and for those who are in', async () => {
    const { body: made } = await call('POST', '/segments', { body: { name: 'VIP', kind: 'list' } });
    const members = { add: [{ external_id: 'u1' }, { external_id: 'U4' }] };
    await call('POST', `/segments/${made.id}/members`, { body: members });
    const segment = { type: 'segment', segment: made.id };
    const sort = 'external_id';
    expect(await list({ filter: JSON.stringify(segment), sort })).toEqual(['U4', 'u1']);
    const others = { all: [{ not: segment }, { type: 'field', field: 'email', op: 'is_set' }] };
    expect(await list({ filter: JSON.stringify(others), sort })).toEqual(['50%_off', 'u2', 'u5']);

    const category = { key: 'offers', name: 'Offers', default_subscribed: false };
    expect((await call('POST', '/categories', { body: category })).status).toBe(201);
    const id = await idOf('u2');
    await call('PATCH', `/contacts/${id}/categories`, { body: { categories: { offers: true } } });
    const inOffers = { type: 'category', category: 'offers' };
    expect(await list({ filter: JSON.stringify(inOffers) })).toEqual(['u2']);
  });
});

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

test('of very many contacts the total is an estimate and says so, and not everything can be sorted by', async () => {
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
  const sorted = await call('GET', '/contacts?sort=-last_seen_at', { as });
  expect(sorted).toMatchObject({ status: 422, body: { code: 'unprocessable' } });
  const found = await call('GET', '/contacts?search=c1&limit=1', { as });
  expect(found.body).toMatchObject({ total: 2001, total_exact: false });
});

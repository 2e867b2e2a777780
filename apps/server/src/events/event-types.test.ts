import { expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier, InboxItem } from '../inbox/index.ts';
import { doWork, workKinds } from '../jobs/index.ts';
import { pastDeletion, rangeDeletion, typeDeletion } from './delete-slices.ts';
import { miscounted } from './test-counts.ts';
import { FACT_FLAGS } from './fact.ts';

const { call, pool, clock, workspace, addWorkspace, addKey, ...world } = await testContacts();
const { send, track, identify, idOf } = world;

const ada: Identifier[] = [['external_id', 'ada']];
const bob: Identifier[] = [['external_id', 'bob']];
const DAY = 86_400_000;

async function work(id: string): Promise<void> {
  const kinds = workKinds([typeDeletion, pastDeletion, rangeDeletion]);
  const stopping = new AbortController().signal;
  await doWork({ pool, kinds, clock: clock.now, stopping }, { id: Number(id) });
}

async function keys(query: string): Promise<string[]> {
  const { body } = await call('GET', `/event_types?${query}`);
  return body.items.map((type: { key: string }) => type.key);
}

async function countStored(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*) as n from events`);
  return rows[0]!.n;
}

async function addWorkflow(name: string, definition: object, state = 'active'): Promise<void> {
  await pool.query(
    `insert into workflows (workspace_id, key, name, state, draft, created_at, updated_at)
     values ($1, $2, $2, $3, $4, $5, $5)`,
    [workspace.id, name, state, JSON.stringify(definition), clock.now()],
  );
}

test('a type can be described, and said what to do, before its first event', async () => {
  const { status, body } = await call('POST', '/event_types', {
    body: { key: 'OrderPaid', category: 'shop', expected_params: [{ name: 'total' }] },
  });
  expect([status, body]).toMatchObject([
    201,
    {
      key: 'OrderPaid',
      name: 'OrderPaid',
      category: 'shop',
      active: true,
      create_contacts: true,
      expected_params: [{ name: 'total', required: true, type: null }],
      uses: [],
    },
  ]);
  const change = { active: false, expected_params: [] };
  const changed = await call('PATCH', '/event_types/OrderPaid', { body: change });
  expect(changed.body).toMatchObject({ ...change, category: 'shop', create_contacts: true });
  const { rows } = await pool.query(
    `select before, after from audit where action = 'event_type.change'`,
  );
  expect(rows).toEqual([
    {
      before: { settings: { expected_params: body.expected_params } },
      after: { settings: change },
    },
  ]);
});

test.each([
  [{ key: ' ' }, '/key'],
  [{ key: 'x'.repeat(101) }, '/key'],
  [{ key: 'A', expected_params: [{ name: 'a' }, { name: 'a' }] }, '/expected_params/1/name'],
  [{ key: 'A', expected_params: [{ name: 'a', type: 'date' }] }, '/expected_params/0/type'],
])('%j is refused at %s', async (body, path) => {
  const answer = await call('POST', '/event_types', { body });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test('what the program writes itself can be renamed, and not be switched off or deleted', async () => {
  await send([identify(ada)]);
  const url = '/event_types/ContactCreated';
  expect((await call('PATCH', url, { body: { name: 'Someone came' } })).status).toBe(200);
  expect((await call('PATCH', url, { body: { active: false } })).status).toBe(422);
  expect((await call('DELETE', url)).status).toBe(409);
});

test('types are found by name, category, use and whether they are active', async () => {
  for (const key of ['Find1', 'Find2', 'Find3', 'Find_4']) {
    await call('POST', '/event_types', { body: { key, category: 'sought' } });
  }
  await call('PATCH', '/event_types/Find2', { body: { active: false, name: 'Öffnen' } });
  await addWorkflow('Welcome', {
    start: { type: 'event', event: 'Find1', where: { event: 'Find3' } },
    stop: [{ type: 'event', event: 'Find3' }],
    blocks: { a: { type: 'if', condition: { all: [{ type: 'event', event: 'Find_4' }] } } },
  });
  await addWorkflow('Old', { start: { type: 'event', event: 'Find2' } }, 'archived');
  await addWorkflow('Half drawn', { start: null, stop: 'x', blocks: [{ event: 7 }] }, 'draft');
  expect(await keys('category=sought')).toHaveLength(4);
  expect(await keys('search=ÖFF')).toEqual(['Find2']);
  expect(await keys('search=d_')).toEqual(['Find_4']);
  expect(await keys('category=sought&active=true')).toEqual(['Find1', 'Find3', 'Find_4']);
  expect(await keys('category=sought&active=false')).toEqual(['Find2']);
  expect(await keys('category=sought&uses=starts')).toEqual(['Find1']);
  expect(await keys('category=sought&uses=stops')).toEqual(['Find3']);
  expect(await keys('category=sought&uses=checks')).toEqual(['Find3', 'Find_4']);
  expect(await keys('category=sought&uses=any')).toEqual(['Find1', 'Find3', 'Find_4']);
  expect(await keys('category=sought&uses=none')).toEqual(['Find2']);
  const { body } = await call('GET', '/event_types/Find3');
  expect(body.uses).toMatchObject([
    { kind: 'workflow', name: 'Welcome', state: 'active', how: 'checks' },
    { kind: 'workflow', name: 'Welcome', state: 'active', how: 'stops' },
  ]);
  expect((await call('GET', '/event_types')).body.categories).toContain('sought');
});

test('an event without what its type expects is refused by calls, and stored with errors otherwise', async () => {
  const expected = [{ name: 'total', type: 'number' }];
  await call('POST', '/event_types', { body: { key: 'Paid', expected_params: expected } });
  const body = { event: 'Paid', contact: { external_id: 'ada' }, params: { total: 'much' } };
  expect(await call('POST', '/events', { body })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/params/total', message: 'must be a number', in: 'body' }] },
  });
  const context = { page: '/pay', $errors: 'forged' };
  await send([
    track(ada, 'Paid', { params: { total: 1 } }),
    { ...track(ada, 'Paid', { params: {} }), context } as InboxItem,
    track(ada, 'Other', { params: {} }),
  ]);
  const { body: page } = await call('GET', '/events?with_errors=true');
  expect(page.items).toMatchObject([{ event: 'Paid', params: {}, with_errors: true }]);
  expect((await call('GET', `/events/${page.items[0].id}`)).body).toMatchObject({
    errors: [{ path: 'total', message: 'is required' }],
    context: { page: '/pay' },
  });
  expect((await call('GET', '/events?with_errors=true&type=Other')).body.items).toEqual([]);
});

test('events of an inactive type are stored', async () => {
  await call('POST', '/event_types', { body: { key: 'Asleep', active: false } });
  await send([track(ada, 'Asleep')]);
  expect((await call('GET', '/events?type=Asleep')).body.items).toHaveLength(1);
});

test('an event tells whether its contact came with it', async () => {
  await send([track([['external_id', 'newcomer']], 'Came'), track(ada, 'Came')]);
  const { body } = await call('GET', '/events?type=Came');
  const created = new Map(
    body.items.map((event: { contact: string; contact_created: boolean }) => [
      event.contact,
      event.contact_created,
    ]),
  );
  expect(created).toEqual(
    new Map([
      [await idOf('newcomer'), true],
      [await idOf('ada'), false],
    ]),
  );
  const [first] = body.items.filter((event: { contact_created: boolean }) => event.contact_created);
  expect((await call('GET', `/events/${first.id}`)).body.facts).toMatchObject([
    { event: 'ContactCreated' },
  ]);
});

test('a deleted type is gone at once with its history, and begins anew with its next event', async () => {
  await send([
    ...Array.from({ length: 30 }, (_, n) => track(n % 2 ? ada : bob, 'Doomed', { params: { n } })),
    track(ada, 'Spared'),
  ]);
  const before = await countStored();
  const { status, body } = await call('DELETE', '/event_types/Doomed');
  expect([status, body]).toMatchObject([202, { kind: 'event_type.delete', state: 'queued' }]);
  expect((await call('GET', '/event_types/Doomed')).status).toBe(404);
  expect((await call('GET', '/events?type=Doomed')).body.items).toEqual([]);
  // The worker of this batch knew the type by its former ID.
  await send([track(ada, 'Doomed', { params: { n: 'new' } })]);
  await work(body.id);
  expect(await countStored()).toBe(before - 30 + 1);
  expect((await call('GET', '/events?type=Doomed')).body.items).toMatchObject([
    { params: { n: 'new' } },
  ]);
  expect((await call('GET', '/events?type=Spared')).body.items).toHaveLength(1);
  const { rows } = await pool.query(`select state, done from jobs where id = $1`, [body.id]);
  expect(rows).toEqual([{ state: 'done', done: 30 }]);
});

test('what a running workflow uses is not deleted', async () => {
  expect(await call('DELETE', '/event_types/Find1')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('"Welcome"') },
  });
});

test('past events of a time go, and nothing else', async () => {
  const start = clock.now().getTime() - 10 * DAY;
  const past = { flags: FACT_FLAGS.past };
  const at = (days: number, n: string) =>
    track(ada, 'Old', { at: start + days * DAY, params: { n } });
  await send([
    { ...at(0, 'before'), ...past },
    { ...at(1, 'first'), ...past },
    at(1, 'live'),
    { ...track(bob, 'Older', { at: start + 2 * DAY }), ...past },
    { ...at(3, 'end'), ...past },
  ]);
  const body = {
    from: new Date(start + DAY).toISOString(),
    to: new Date(start + 3 * DAY).toISOString(),
  };
  const { body: job } = await call('POST', '/events/delete_past', { body });
  // Imported after the call.
  clock.advance(1000);
  await send([{ ...at(2, 'later'), ...past }]);
  await work(job.id);
  const { body: left } = await call('GET', '/events?type=Old,Older');
  expect(left.items.map((event: { params: { n: string } }) => event.params.n)).toEqual([
    'end',
    'later',
    'live',
    'before',
  ]);
  expect(await miscounted(pool)).toEqual([]);
  const wrong = await call('POST', '/events/delete_past', { body: { ...body, to: body.from } });
  expect(wrong.status).toBe(400);
});

test('events of a type and a time go, imported ones or all, and what is counted says so', async () => {
  const start = clock.now().getTime() - 10 * DAY;
  const past = { flags: FACT_FLAGS.past };
  const at = (days: number, type = 'Ranged') => track(ada, type, { at: start + days * DAY });
  const activity = async (): Promise<unknown> =>
    (await call('GET', `/contacts/${await idOf('ada')}/activity`)).body.counts.event;
  const before = Number(await activity());
  await send([
    at(0),
    { ...at(1), ...past },
    { ...at(2), ...past },
    at(2),
    at(3),
    { ...at(2, 'Elsewhere'), ...past },
  ]);
  expect(await activity()).toBe(before + 6);
  const which = {
    type: 'Ranged',
    from: new Date(start + DAY).toISOString(),
    to: new Date(start + 3 * DAY).toISOString(),
  };
  const preview = async (more: object): Promise<unknown> =>
    (await call('POST', '/events/delete/preview', { body: { ...which, ...more } })).body;
  expect(await preview({})).toEqual({ count: 2, exact: true });
  expect(await preview({ past_only: false })).toEqual({ count: 3, exact: true });

  const imported = await call('POST', '/events/delete', { body: which });
  expect([imported.status, imported.body]).toMatchObject([
    202,
    { kind: 'events.delete', total: 2, about: { event_type: 'Ranged', past_only: true } },
  ]);
  await work(imported.body.id);
  expect(await activity()).toBe(before + 4);
  expect(await preview({ past_only: false })).toEqual({ count: 1, exact: true });
  const all = await call('POST', '/events/delete', { body: { ...which, past_only: false } });
  await work(all.body.id);
  expect(await activity()).toBe(before + 3);
  expect((await call('GET', '/events?type=Ranged,Elsewhere')).body.items).toHaveLength(3);
  const { rows } = await pool.query(
    `select count(*) as n from audit where action = 'event.delete'`,
  );
  expect(rows).toEqual([{ n: 2 }]);
});

test.each([
  [{ type: 'Nothing' }, 404],
  [{ type: 'ContactCreated' }, 409],
  [{ to: '2020-01-01T00:00:00Z' }, 400],
])('events are not deleted with %j', async (wrong, status) => {
  const body = {
    type: 'Ranged',
    from: '2020-01-01T00:00:00Z',
    to: '2030-01-01T00:00:00Z',
    ...wrong,
  };
  expect((await call('POST', '/events/delete', { body })).status).toBe(status);
  expect((await call('POST', '/events/delete/preview', { body })).status).toBe(status);
});

test('rows that a merge moves while they are deleted are deleted too', async () => {
  await send([
    track([['anonymous_id', 'cookie']], 'Moved'),
    track([['anonymous_id', 'cookie']], 'Moved'),
    identify([['external_id', 'cleo']]),
  ]);
  const { body } = await call('DELETE', '/event_types/Moved');
  const kinds = workKinds([
    {
      ...typeDeletion,
      async slice(tx, job, options) {
        const slice = await typeDeletion.slice(tx, job, options);
        // After the first pass has begun.
        if (job.slice === 0) merges.push(job.slice);
        return slice;
      },
    },
  ]);
  const merges: number[] = [];
  const stopping = AbortSignal.abort();
  await doWork({ pool, kinds, clock: clock.now, stopping }, { id: Number(body.id) });
  expect(merges).toEqual([0]);
  await pool.query(
    `insert into merges (id, keep_id, drop_id, workspace_id, state, reason, decided_at, applied_at)
     values (999, 1, 2, $1, 'applied', 'test', $2, $2)`,
    [workspace.id, clock.now()],
  );
  await work(body.id);
  const { rows } = await pool.query(`select slices from jobs where id = $1`, [body.id]);
  // A pass is its beginning, its types and its end; the end of the first began the second.
  expect(rows).toEqual([{ slices: 5 }]);
});

test("another workspace's types and past events are out of reach", async () => {
  const other = await addWorkspace('elsewhere');
  const as = await addKey({ workspaceId: other.id });
  expect((await call('DELETE', '/event_types/Spared', { as })).status).toBe(404);
  const body = { from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };
  const before = await countStored();
  await work((await call('POST', '/events/delete_past', { as, body })).body.id);
  expect(await countStored()).toBe(before);
});

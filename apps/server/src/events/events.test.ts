import { describe, expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier, InboxItem } from '../inbox/index.ts';

const { call, pool, workspace, clock, logIn, addKey, addWorkspace, ...world } =
  await testContacts();
const { send, track, identify, idOf, pipeline } = world;

const ada: Identifier[] = [['external_id', 'ada']];
const bob: Identifier[] = [['external_id', 'bob']];

interface Shown {
  id: string;
  event: string;
  params: Record<string, unknown>;
}

async function list(query: Record<string, string>): Promise<Shown[]> {
  const { status, body } = await call('GET', `/events?${new URLSearchParams(query).toString()}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items;
}

async function listInPages(query: Record<string, string>): Promise<Shown[]> {
  const found: Shown[] = [];
  for (let cursor: string | null = null, pages = 0; pages < 20; pages += 1) {
    const page: Record<string, string> = { ...query, limit: '2', ...(cursor && { cursor }) };
    const { body } = await call('GET', `/events?${new URLSearchParams(page).toString()}`);
    found.push(...body.items);
    cursor = body.next_cursor;
    if (cursor === null) return found;
  }
  throw new Error('the history does not end');
}

const numbers = (events: Shown[]): unknown[] => events.map((event) => event.params['n']);
const DAY = 86_400_000;
const ascending = (a: unknown, b: unknown): number => Number(a) - Number(b);

describe('an event recorded through the API', () => {
  test('is stored when the call answers, as its contact did it', async () => {
    await send([identify(ada)]);
    const contact = await idOf('ada');
    const { status, body } = await call('POST', '/events', {
      body: { event: 'Trained', contact, key: 'run-7', params: { minutes: 30 } },
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      event: 'Trained',
      contact,
      key: 'run-7',
      params: { minutes: 30 },
      source: 'api',
      occurred_at: clock.now().toISOString(),
      received_at: clock.now().toISOString(),
      past: false,
      clock_ahead: false,
      with_errors: false,
      contact_created: false,
      found_by: { field: 'id', parameter: null, rule: false },
      contact_id_added: false,
    });
    expect((await call('GET', `/events/${body.id}`)).body).toMatchObject({
      ...body,
      name: 'Trained',
      started: [],
      not_started: [],
      former_contact: null,
    });
    const { rows } = await pool.query(`select after from audit where action = 'event.record'`);
    expect(rows).toMatchObject([{ after: { event: 'Trained', contact } }]);
  });

  test('of nobody creates nobody', async () => {
    const before = (await call('GET', '/contacts?identified=all')).body.total;
    const { body } = await call('POST', '/events', {
      body: { event: 'ChapterPublished', params: { book: 'b1' } },
    });
    expect(body.contact).toBeNull();
    expect(await list({ contact: 'none' })).toMatchObject([{ id: body.id }]);
    expect((await call('GET', '/contacts?identified=all')).body.total).toBe(before);
  });

  test('of an external ID or an e-mail that nobody has makes a contact', async () => {
    const known = await call('POST', '/events', {
      body: { event: 'Trained', contact: { external_id: 'newcomer' } },
    });
    expect(known.body.contact).toBe(await idOf('newcomer'));
    const { body } = await call('POST', '/events', {
      body: { event: 'Trained', contact: { email: 'New@Example.com' } },
    });
    expect((await call('GET', `/contacts/${body.contact}`)).body).toMatchObject({
      source: 'api',
      identifiers: [{ kind: 'email', value: 'new@example.com' }],
    });
  });

  test('in the past keeps its time; in the future it happened on arrival', async () => {
    const past = new Date(clock.now().getTime() - DAY).toISOString();
    const early = { event: 'Trained', contact: { external_id: 'ada' }, occurred_at: past };
    expect((await call('POST', '/events', { body: early })).body.occurred_at).toBe(past);
    const future = new Date(clock.now().getTime() + DAY).toISOString();
    const late = { ...early, occurred_at: future };
    expect((await call('POST', '/events', { body: late })).body).toMatchObject({
      occurred_at: clock.now().toISOString(),
      clock_ahead: true,
    });
  });

  test('is recorded once, however often the same call is repeated', async () => {
    const headers = { 'idempotency-key': 'record-once' };
    const body = { event: 'Once', contact: { external_id: 'ada' } };
    const first = await call('POST', '/events', { body, headers });
    expect((await call('POST', '/events', { body, headers })).body).toEqual(first.body);
    expect(await list({ type: 'Once' })).toHaveLength(1);
  });

  test.each([
    [{ event: '' }, 400],
    [{ event: 'x'.repeat(101) }, 400],
    [{ event: 'A', contact: '999999' }, 404],
    [{ event: 'A', contact: { external_id: 'null' } }, 400],
    [{ event: 'A', occurred_at: '1999-12-31T23:59:59Z' }, 400],
    [{ event: 'A', params: { text: 'x'.repeat(40_000) } }, 400],
  ])('%.60j is refused with %i', async (body, status) => {
    expect((await call('POST', '/events', { body })).status).toBe(status);
  });
});

describe('an event that names its device and does not describe it', () => {
  const seen = { deviceId: 'phone-1', osType: 'Android', category: 'Mobile', appVersion: '3.1' };

  test('carries what is known of the device', async () => {
    const told = track(ada, 'Tapped', { params: { n: 1, osType: 'Own' } });
    const untold = track(ada, 'Tapped', { params: { n: 2 } });
    const device = { deviceId: 'phone-1' };
    await send([{ ...identify(ada), device: seen } as InboxItem]);
    await send([
      { ...told, device } as InboxItem,
      { ...untold, device } as InboxItem,
      track(ada, 'Tapped', { params: { n: 3 } }),
    ]);
    const events = await list({ type: 'Tapped' });
    expect(
      events.map((event) => event.params).toSorted((a, b) => ascending(a['n'], b['n'])),
    ).toEqual([
      { n: 1, osType: 'Own' },
      { n: 2, deviceCategory: 'Mobile', osType: 'Android', appVersion: '3.1' },
      { n: 3 },
    ]);
  });

  test('carries what the same batch said of it', async () => {
    const device = { deviceId: 'phone-2' };
    await send([
      { ...identify(bob), device: { ...device, osType: 'iOS' } } as InboxItem,
      { ...track(bob, 'Swiped'), device } as InboxItem,
    ]);
    expect(await list({ type: 'Swiped' })).toMatchObject([{ params: { osType: 'iOS' } }]);
  });
});

describe('the history of events', () => {
  const start = clock.now().getTime();

  test('is whole, newest first, over all types and people, however it is cut', async () => {
    const ages = [0, 1000, 3_600_000, 2 * DAY, 40 * DAY, 200 * DAY];
    await send([
      ...ages.map((age, n) =>
        track(n % 2 ? bob : ada, n % 3 ? 'H1' : 'H2', { at: start - age, params: { n } }),
      ),
      // Of one millisecond.
      ...[10, 11, 12].map((n) => track(bob, 'H1', { at: start - 5000, params: { n } })),
    ]);
    const all = numbers(await list({ type: 'H1,H2' }));
    // Those of one millisecond stand together, in any order.
    expect([...all.slice(0, 2), ...all.slice(2, 5).toSorted(ascending), ...all.slice(5)]).toEqual([
      0, 1, 10, 11, 12, 2, 3, 4, 5,
    ]);
    expect(numbers(await listInPages({ type: 'H1,H2' }))).toEqual(all);
    const everything = await list({});
    expect(await listInPages({})).toEqual(everything);
    expect(everything.length).toBeGreaterThan(all.length);
  });

  test('of one contact, one type, and a time from which and before which', async () => {
    const contact = await idOf('bob');
    expect(numbers(await listInPages({ contact, type: 'H1' }))).toHaveLength(5);
    expect(numbers(await list({ contact, type: 'H2' }))).toEqual([3]);
    expect(await list({ type: 'Unheard' })).toEqual([]);
    const from = new Date(start - 2 * DAY).toISOString();
    const to = new Date(start - 1000).toISOString();
    expect(numbers(await list({ type: 'H1,H2', from, to }))).toHaveLength(5);
    expect(numbers(await list({ type: 'H1,H2', from, to })).at(-1)).toBe(3);
  });

  test('of one key, with a contact or a type', async () => {
    await send([
      track(ada, 'K', { key: 'a', params: { n: 1 } }),
      track(bob, 'K', { key: 'b', params: { n: 2 } }),
      track(bob, 'L', { key: 'a', params: { n: 3 } }),
    ]);
    expect(numbers(await list({ type: 'K', key: 'a' }))).toEqual([1]);
    expect(numbers(await list({ contact: await idOf('bob'), key: 'a' }))).toEqual([3]);
    expect((await call('GET', '/events?key=a')).status).toBe(422);
  });

  test('leads to the survivor when a contact was merged', async () => {
    await send([track([['anonymous_id', 'v1']], 'Visited', { params: { n: 7 } })]);
    const [before] = await list({ type: 'Visited' });
    const former = (await call('GET', `/events/${before!.id}`)).body.contact;
    await send([
      identify([['external_id', 'v']]),
      identify([
        ['external_id', 'v'],
        ['anonymous_id', 'v1'],
      ]),
    ]);
    expect(numbers(await list({ contact: former, type: 'Visited' }))).toEqual([7]);
    expect((await call('GET', `/events/${before!.id}`)).body).toMatchObject({
      contact: await idOf('v'),
      former_contact: former,
    });
  });

  test.each(['nonsense', '1-1-1-1', encodeURIComponent('../..')])('has no event %j', async (id) => {
    expect((await call('GET', `/events/${id}`)).status).toBe(404);
  });
});

describe('the live view', () => {
  async function look(
    after?: string,
    more = '',
  ): Promise<{ after: string; ns: unknown[]; more: boolean }> {
    const { body } = await call(
      'GET',
      `/events/live?type=Live${after ? `&after=${after}` : ''}${more}`,
    );
    return { after: body.after, ns: numbers(body.items), more: body.more };
  }

  test('begins with the newest there are, however old', async () => {
    const now = clock.now().getTime();
    await send(
      [0, 2 * DAY, 40 * DAY, 400 * DAY].map((ago, n) =>
        track(ada, 'LongAgo', { at: now - ago, params: { n: 100 + n } }),
      ),
    );
    const newest = async (limit: number) =>
      numbers((await call('GET', `/events/live?type=LongAgo&limit=${limit}`)).body.items);
    expect((await newest(10)).toSorted(ascending)).toEqual([100, 101, 102, 103]);
    expect((await newest(2)).toSorted(ascending)).toEqual([100, 101]);
  });

  test('shows each event once, in the order of arrival, late ones too', async () => {
    await send([track(ada, 'Live', { params: { n: 0 } })]);
    const first = await look();
    expect(first.ns).toEqual([0]);
    expect((await look(first.after)).ns).toEqual([]);
    await send([
      track(ada, 'Live', { params: { n: 1 } }),
      track(bob, 'Live', { params: { n: 2 } }),
    ]);
    const second = await look(first.after);
    expect(second.ns.toSorted(ascending)).toEqual([1, 2]);
    const earlier = clock.now().getTime() - 60_000;
    await send([track(ada, 'Live', { at: earlier, params: { n: 3 } })]);
    const third = await look(second.after);
    expect(third.ns).toEqual([3]);
    expect((await look(third.after)).ns).toEqual([]);
  });

  test('shows an event that was numbered earlier and committed later', async () => {
    const before = await look();
    await send([track(ada, 'Live', { params: { n: 20 } })]);
    // A batch that began first and is not through yet.
    const { rows } = await pool.query<{ id: number }>(`select nextval('event_ids') as id`);
    await send([track(ada, 'Live', { params: { n: 22 } })]);
    const shown = await look(before.after);
    expect(shown.ns).toEqual([22, 20]);
    await pool.query(
      `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
       select e.contact_id, $1, e.event_type_id, e.occurred_at, e.received_at, e.workspace_id, 'sdk', '{"n": 21}'
         from events e where e.params = '{"n": 22}'`,
      [rows[0]!.id],
    );
    expect((await look(shown.after)).ns).toEqual([21]);
  });

  test('goes on however many it has shown, and however great their numbers are', async () => {
    await pool.query(`select setval('event_ids', 1000000000000)`);
    let after = (await look()).after;
    for (const start of [1000, 1250, 1500]) {
      const ns = Array.from({ length: 250 }, (_, n) => start + n);
      await send(ns.map((n) => track(ada, 'Live', { params: { n } })));
      const seen = await look(after, '&limit=500');
      expect(seen.ns.toSorted(ascending)).toEqual(ns);
      after = seen.after;
    }
    expect((await look(after)).ns).toEqual([]);
    expect(after.length).toBeLessThan(4000);
  });

  test('says when there was more than it shows', async () => {
    const before = await look();
    await send(Array.from({ length: 5 }, (_, n) => track(ada, 'Live', { params: { n: 30 + n } })));
    expect(await look(before.after, '&limit=3')).toMatchObject({ ns: [34, 33, 32], more: true });
  });
});

describe('event types', () => {
  test('have their volume by day, and when they were last seen', async () => {
    const noon = Date.UTC(2026, 2, 2, 12);
    clock.advance(noon - clock.now().getTime());
    const ages = [0, 3_600_000, DAY, DAY + 1000, 3 * DAY, 20 * DAY];
    await send(ages.map((age) => track(ada, 'Counted', { at: noon - age })));
    const { body } = await call('GET', '/event_types?days=5&limit=500');
    const type = body.items.find((row: { key: string }) => row.key === 'Counted');
    expect(type).toMatchObject({
      name: 'Counted',
      category: 'other',
      system: false,
      days: [0, 1, 0, 2, 2],
      count: 5,
      last_seen_at: new Date(noon).toISOString(),
    });
    expect(body.items.find((row: { key: string }) => row.key === 'ContactCreated')).toMatchObject({
      system: true,
      category: 'contact',
    });
    const stats = await call('GET', '/event_types/Counted/stats?days=2');
    expect(stats.body).toMatchObject({
      days: [
        { day: '2026-03-01', count: 2 },
        { day: '2026-03-02', count: 2 },
      ],
      time_zone: 'UTC',
      count: 4,
    });
  });

  test('are registered, named and described; the key stays', async () => {
    const key = 'Read / liked';
    const body = { key, name: 'Liked' };
    expect((await call('POST', '/event_types', { body })).status).toBe(201);
    expect((await call('POST', '/event_types', { body })).status).toBe(409);
    const url = `/event_types/${encodeURIComponent(key)}`;
    const changed = await call('PATCH', url, {
      body: { description: 'A like', category: 'social' },
    });
    expect(changed.body).toMatchObject({ key, name: 'Liked', category: 'social' });
    expect((await call('GET', url)).body).toEqual(changed.body);
    expect((await call('GET', '/event_types/Nothing')).status).toBe(404);
    const { rows } = await pool.query(
      `select action from audit where object_kind = 'event_type' order by id`,
    );
    expect(rows.map((row) => row['action'])).toEqual(['event_type.create', 'event_type.change']);
  });

  test('are listed page by page', async () => {
    const { body } = await call('GET', '/event_types?limit=500');
    const keys: string[] = [];
    for (let cursor = ''; cursor !== 'null';) {
      const page = await call('GET', `/event_types?limit=3${cursor && `&cursor=${cursor}`}`);
      keys.push(...page.body.items.map((row: { key: string }) => row.key));
      cursor = String(page.body.next_cursor);
    }
    expect(keys).toEqual(body.items.map((row: { key: string }) => row.key));
  });

  test('have a schema of what was seen, with examples for those who may see them', async () => {
    const { rows } = await pool.query<{ id: number }>(
      `select id from event_types where key = 'Counted'`,
    );
    await pool.query(
      `insert into event_type_params values ($1, 'who', '{string}', '["ada@example.com", "x"]', $2, $2)`,
      [rows[0]!.id, clock.now()],
    );
    const url = '/event_types/Counted/schema';
    expect((await call('GET', url)).body).toMatchObject({
      event: 'Counted',
      parameters: [{ path: 'who', types: ['string'], examples: ['ada@example.com', 'x'] }],
    });
    const as = await logIn('marketer_without_contact_data');
    expect((await call('GET', url, { as })).body.parameters).toMatchObject([{ examples: ['•••'] }]);
  });
});

test('a caller who may not see personal data sees the names of parameters and no value', async () => {
  const recorded = await call('POST', '/events', {
    body: {
      event: 'Told',
      contact: { external_id: 'ada' },
      key: 'ada@example.com',
      params: { friend: 'Grace', nested: { phone: '+4915112345678' } },
    },
  });
  const as = await logIn('content_creator');
  for (const url of [
    '/events?type=Told',
    `/events/${recorded.body.id}`,
    '/events/live?type=Told',
  ]) {
    const { status, body } = await call('GET', url, { as });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/Grace|4915|ada@/);
    expect((body.items?.[0] ?? body).params).toEqual({ friend: '•••', nested: '•••' });
  }
});

test('another workspace has its own events, also those of nobody', async () => {
  const other = await addWorkspace('elsewhere');
  const as = await addKey({ workspaceId: other.id });
  const [event] = await list({ type: 'Told' });
  await call('POST', '/events', { as, body: { event: 'ChapterPublished' } });
  expect((await call('GET', `/events/${event!.id}`, { as })).status).toBe(404);
  expect((await call('GET', '/events', { as })).body.items).toMatchObject([
    { event: 'ChapterPublished', params: {} },
  ]);
  expect((await call('GET', '/events?contact=none', { as })).body.items).toHaveLength(1);
  expect(await list({ contact: 'none' })).toHaveLength(1);
  expect((await call('GET', `/events?contact=${await idOf('ada')}`, { as })).status).toBe(404);
  expect((await call('GET', '/event_types/Told', { as })).status).toBe(404);
  expect(workspace.id).not.toBe(other.id);
  await pipeline.drain();
});

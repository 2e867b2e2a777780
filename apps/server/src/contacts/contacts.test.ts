import { describe, expect, test } from 'vitest';
import type { Identifier } from '../inbox/index.ts';
import { testContacts } from './test-contacts.ts';

const { call, pool, workspace, clock, logIn, addKey, addWorkspace, ...world } =
  await testContacts();
const { send, identify, track, idOf } = world;

const external = (value: string): Identifier => ['external_id', value];

async function auditOf(action: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool.query(
    `select object_id, after from audit where action = $1 order by id desc`,
    [action],
  );
  return rows;
}

describe('a new contact', () => {
  test('is there when the call answers, with what was given', async () => {
    const { status, body } = await call('POST', '/contacts', {
      body: {
        external_id: 'new-1',
        email: 'Ada@Example.com',
        phone: '+49 1512 3456789',
        first_name: 'Ada',
        language: 'de',
        time_zone: 'Europe/Berlin',
        birthday: '1990-03-28',
        address: { town: 'Berlin' },
      },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      external_id: 'new-1',
      email: 'ada@example.com',
      phone: '+4915123456789',
      first_name: 'Ada',
      last_name: null,
      birthday: '1990-03-28',
      address: { town: 'Berlin', street: null },
      source: 'manual',
      last_seen_at: null,
      custom: {},
      categories: [],
    });
    expect(body.channels).toMatchObject([
      { channel: 'email', address: 'ada@example.com', status: 'subscribed', source: 'manual' },
      { channel: 'sms', address: '+4915123456789', status: 'subscribed' },
    ]);
    expect(body.identifiers).toMatchObject([
      { kind: 'email', value: 'ada@example.com' },
      { kind: 'external_id', value: 'new-1' },
      { kind: 'phone', value: '+4915123456789' },
    ]);
    const read = await call('GET', `/contacts/${body.id}`);
    expect(read.body).toEqual(body);
    expect((await auditOf('contact.create'))[0]).toMatchObject({
      after: {
        external_id: 'new-1',
        fields: expect.arrayContaining(['first_name', 'address.town']),
      },
    });
  });

  test('that did not agree yet is unconfirmed', async () => {
    const { body } = await call('POST', '/contacts', {
      body: { email: 'maybe@example.com', confirmed: false },
    });
    expect(body.channels).toMatchObject([{ channel: 'email', status: 'unconfirmed' }]);
  });

  test.each([
    [{ external_id: 'taken' }, 'external ID'],
    [{ email: 'taken@example.com' }, 'email'],
    [{ phone: '+4915100000001' }, 'phone'],
  ])('%j is refused when somebody has it', async (body, what) => {
    await send([
      identify([external('taken'), ['email', 'taken@example.com'], ['phone', '+4915100000001']]),
    ]);
    const answer = await call('POST', '/contacts', { body });
    expect(answer).toMatchObject({ status: 409, body: { code: 'already_exists' } });
    const id = await idOf('taken');
    expect(answer.body).toMatchObject({
      detail: `Contact ${id} has this ${what}.`,
      existing: id,
    });
  });

  test.each([
    [{ first_name: 'Ada' }, ''],
    [{ external_id: 'x1', email: 'no address' }, '/email'],
    [{ external_id: 'x1', phone: '12' }, '/phone'],
    [{ external_id: 'null' }, '/external_id'],
    [{ external_id: 'x1', time_zone: 'Mars/Base' }, '/time_zone'],
    [{ external_id: 'x1', custom: { unheard_of: 1 } }, '/custom/unheard_of'],
    [{ external_id: 'x1', nonsense: 1 }, '/nonsense'],
  ])('%j is refused and says where the mistake is', async (body, path) => {
    const answer = await call('POST', '/contacts', { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  test('is made once, however often the same call is repeated', async () => {
    const headers = { 'idempotency-key': 'create-once' };
    const body = { email: 'once@example.com' };
    const first = await call('POST', '/contacts', { body, headers });
    const again = await call('POST', '/contacts', { body, headers });
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id } });
  });
});

describe('a changed contact', () => {
  test('has the new values, keeps the others, and the change is in its activity', async () => {
    await send([identify([external('c1')], { first_name: 'Ada', city: 'London' })]);
    const id = await idOf('c1');
    clock.advance(1000);
    const { status, body } = await call('PATCH', `/contacts/${id}`, {
      body: { first_name: 'Augusta', city: null, email: 'c1@example.com' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ first_name: 'Augusta', city: null, email: 'c1@example.com' });
    expect(body.updated_at).toBe(clock.now().toISOString());
    const { body: activity } = await call('GET', `/contacts/${id}/activity?kinds=field`);
    expect(activity.items[0]).toMatchObject({ kind: 'field', source: 'manual' });
    expect(activity.items[0].details.changes).toContainEqual({
      field: 'first_name',
      from: 'Ada',
      to: 'Augusta',
    });
    expect((await auditOf('contact.change'))[0]).toEqual({
      object_id: id,
      after: { fields: expect.arrayContaining(['first_name', 'city', 'email']) },
    });
  });

  test('is found by its new e-mail and not by the old one', async () => {
    await send([identify([external('c2'), ['email', 'old@example.com']])]);
    const id = await idOf('c2');
    clock.advance(1000);
    await call('PATCH', `/contacts/${id}`, { body: { email: 'fresh@example.com' } });
    const { rows } = await pool.query(
      `select value from identifiers where contact_id = $1 and kind = 'email'`,
      [id],
    );
    expect(rows).toEqual([{ value: 'fresh@example.com' }]);
  });

  test('gets another external ID when asked by that alone; the old one finds it and stays taken', async () => {
    await send([identify([external('was')]), identify([external('hers')])]);
    const url = `/contacts/${await idOf('was')}/external_id`;
    const changed = await call('PUT', url, { body: { external_id: 'is' } });
    expect(changed).toMatchObject({ status: 200, body: { external_id: 'is' } });
    expect(changed.body.identifiers).toMatchObject([
      { value: 'is', retired: false },
      { value: 'was', retired: true },
    ]);
    expect((await auditOf('contact.replace_external_id'))[0]).toMatchObject({
      after: { external_id: 'is' },
    });
    await send([track([external('was')], 'Opened')]);
    expect((await call('GET', '/contacts?search=extid:was')).body.items).toMatchObject([
      { external_id: 'is' },
    ]);
    const other = `/contacts/${await idOf('hers')}/external_id`;
    for (const taken of ['is', 'was']) {
      expect(await call('PUT', other, { body: { external_id: taken } })).toMatchObject({
        status: 409,
        body: { detail: expect.stringContaining('has this external ID') },
      });
    }
    expect((await call('PUT', url, { body: { external_id: '0' } })).status).toBe(400);
    expect(
      (await call('PUT', '/contacts/999999/external_id', { body: { external_id: 'x' } })).status,
    ).toBe(404);
  });

  test('may get an external ID, and then keeps it', async () => {
    await send([identify([['email', 'late@example.com']])]);
    const { body: found } = await call('GET', '/contacts?search=late@example.com');
    const url = `/contacts/${found.items[0].id}`;
    clock.advance(1000);
    const given = await call('PATCH', url, { body: { external_id: 'late' } });
    expect(given).toMatchObject({ status: 200, body: { external_id: 'late' } });
    const again = await call('PATCH', url, { body: { external_id: 'other' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const none = await call('PATCH', url, { body: { external_id: null } });
    expect(none.body.errors).toMatchObject([{ path: '/external_id' }]);
  });

  test("does not take somebody else's external ID", async () => {
    await send([identify([external('owner')]), identify([['email', 'thief@example.com']])]);
    const { body } = await call('GET', '/contacts?search=thief@');
    const answer = await call('PATCH', `/contacts/${body.items[0].id}`, {
      body: { external_id: 'owner' },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'already_exists' } });
  });

  test('is answered under its survivor when the ID is that of a contact that was merged away', async () => {
    await send([track([['anonymous_id', 'a1']], 'Opened')]);
    const { rows } = await pool.query<{ id: number }>(
      `select contact_id as id from identifiers where kind = 'anonymous_id' and value = 'a1'`,
    );
    const former = rows[0]!.id;
    await send([identify([external('m1')]), identify([external('m1'), ['anonymous_id', 'a1']])]);
    const id = await idOf('m1');
    expect(id).not.toBe(String(former));
    const read = await call('GET', `/contacts/${former}`);
    expect(read).toMatchObject({ status: 200, body: { id, merged: [String(former)] } });
    const changed = await call('PATCH', `/contacts/${former}`, { body: { city: 'Kyiv' } });
    expect(changed.body).toMatchObject({ id, city: 'Kyiv' });
  });
});

describe('a deleted contact', () => {
  test('is in no list and no longer there; adding it again brings it back', async () => {
    const created = await call('POST', '/contacts', {
      body: { external_id: 'd1', first_name: 'Ada' },
    });
    const { id } = created.body;
    clock.advance(1000);
    expect((await call('DELETE', `/contacts/${id}`)).status).toBe(204);
    const card = await call('GET', `/contacts/${id}`);
    expect(card.body).toMatchObject({ id, deleted_at: expect.any(String) });
    expect((await call('DELETE', `/contacts/${id}`)).status).toBe(404);
    expect((await call('GET', '/contacts?search=extid:d1')).body).toMatchObject({
      items: [],
      total: 0,
    });
    expect(await auditOf('contact.delete')).toEqual([{ object_id: id, after: null }]);
    clock.advance(1000);
    const again = await call('POST', '/contacts', { body: { external_id: 'd1' } });
    expect(again).toMatchObject({ status: 201, body: { id, first_name: 'Ada' } });
  });

  test('is erased only when that is said, and then behind all that arrived before', async () => {
    const created = await call('POST', '/contacts', { body: { external_id: 'd2' } });
    const { id } = created.body;
    expect((await call('DELETE', `/contacts/${id}?erase=maybe`)).status).toBe(400);
    expect((await call('DELETE', `/contacts/${id}?erase=true`)).status).toBe(202);
    expect((await call('GET', `/contacts/${id}`)).status).toBe(200);
  });
});

describe('an address', () => {
  test('that must not be written to says why and since when, by the strictest reason', async () => {
    await send([identify([external('s1'), ['email', 's1@example.com']])]);
    const suppress = (reason: string, since: string, until: string | null): Promise<unknown> =>
      pool.query(
        `insert into suppressions (workspace_id, channel, address, reason, since, until, details, source)
         values ($1, 'email', 's1@example.com', $2, $3, $4, $5, 'webhook')`,
        [workspace.id, reason, since, until, `because ${reason}`],
      );
    const channels = async (): Promise<unknown> =>
      (await call('GET', `/contacts/${await idOf('s1')}`)).body.channels;
    await suppress('blocked', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z');
    expect(await channels()).toMatchObject([{ status: 'subscribed' }]);
    await suppress('unsubscribed', '2026-01-02T00:00:00Z', null);
    await suppress('bounced', '2026-01-03T00:00:00Z', null);
    expect(await channels()).toEqual([
      {
        channel: 'email',
        address: 's1@example.com',
        app: null,
        status: 'bounced',
        status_at: '2026-01-03T00:00:00.000Z',
        until: null,
        reason: 'because bounced',
        source: 'webhook',
        consent: { status: 'subscribed', at: expect.any(String), source: 'identify', text: null },
        suppressions: [
          {
            reason: 'bounced',
            since: '2026-01-03T00:00:00.000Z',
            until: null,
            details: 'because bounced',
            source: 'webhook',
          },
          {
            reason: 'unsubscribed',
            since: '2026-01-02T00:00:00.000Z',
            until: null,
            details: 'because unsubscribed',
            source: 'webhook',
          },
        ],
      },
    ]);
  });

  test('of a device that does not want pushes is off', async () => {
    await send([
      {
        ...track([['device_id', 'phone-1']], 'Opened'),
        device: { deviceId: 'phone-1', platform: 'ios', pushToken: 'token-1', pushEnabled: false },
      } as ReturnType<typeof track>,
    ]);
    const { body } = await call('GET', '/contacts?search=phone-1');
    expect(body.items[0].channels).toMatchObject([
      { channel: 'mobile_push', address: 'token-1', status: 'off' },
    ]);
    const card = await call('GET', `/contacts/${body.items[0].id}`);
    expect(card.body.devices).toMatchObject([{ id: 'phone-1', platform: 'ios' }]);
  });
});

describe('a caller who may not see personal data', () => {
  test('sees that there is something, and not what', async () => {
    await call('POST', '/fields', { body: { key: 'nickname', type: 'text' } });
    await send([
      {
        ...identify([external('p1'), ['email', 'grace@example.com'], ['phone', '+4915155555555']], {
          first_name: 'Grace',
          last_name: 'Hopper',
          birthday: '1906-12-09',
          'address.street': 'Navy Yard 1',
          'custom.nickname': 'Amazing',
          language: 'en',
        }),
      },
    ]);
    const as = await logIn('marketer_without_contact_data');
    const id = await idOf('p1');
    const { body } = await call('GET', `/contacts/${id}`, { as });
    expect(body).toMatchObject({ id, external_id: 'p1', language: 'en', first_name: 'G•••' });
    expect(Object.keys(body.custom)).toEqual(['nickname']);
    const list = await call('GET', '/contacts?search=extid:p1', { as });
    const activity = await call('GET', `/contacts/${id}/activity`, { as });
    const seen = JSON.stringify([body, list.body, activity.body]);
    for (const secret of ['grace', 'Grace', 'Hopper', '5555', '1906', 'Navy', 'Amazing']) {
      expect(seen).not.toContain(secret);
    }
  });

  test('finds nobody by what is hidden, in search and in order', async () => {
    const as = await logIn('designer');
    for (const search of ['grace', 'grace@example.com', '+4915155555555', 'Hopper']) {
      const query = new URLSearchParams({ search }).toString();
      expect((await call('GET', `/contacts?${query}`, { as })).body.items).toEqual([]);
      expect((await call('GET', `/contacts?${query}`)).body.items).not.toEqual([]);
    }
    expect((await call('GET', '/contacts?sort=email', { as })).status).toBe(403);
  });
});

test('the contacts of another workspace are not there', async () => {
  const other = await addWorkspace('elsewhere');
  const as = await addKey({ workspaceId: other.id });
  await send([identify([external('wall')])]);
  const id = await idOf('wall');
  for (const [method, url, body] of [
    ['GET', `/contacts/${id}`, undefined],
    ['GET', `/contacts/${id}/activity`, undefined],
    ['PATCH', `/contacts/${id}`, { city: 'X' }],
    ['DELETE', `/contacts/${id}`, undefined],
  ] as const) {
    expect((await call(method, url, { as, body })).status).toBe(404);
  }
  expect((await call('GET', `/contacts?search=id:${id}`, { as })).body.items).toEqual([]);
});

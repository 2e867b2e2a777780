import { describe, expect, test } from 'vitest';
import { decodeItems, LANES } from '../../inbox/index.ts';
import { inTransaction } from '../../db/index.ts';
import { createSecretBox } from '../../secret/index.ts';
import { createDynamic, requireRule } from '../../segments/index.ts';
import { createInteractionIds } from '../../sends/index.ts';
import { restEndpoints } from './routes.ts';
import { testRest } from './test-rest.ts';

const {
  pool,
  box,
  clock,
  inbox,
  newWorkspace,
  by,
  call,
  stall,
  advance,
  pipeline,
  addType,
  flushErrors,
  setSettings,
} = await testRest();

test('a body that cannot be unpacked is the mistake of its sender', async () => {
  const { key } = await newWorkspace();
  const answer = await call('POST /v3/event', {
    key,
    body: 'no gzip',
    headers: { 'content-encoding': 'gzip' },
  });
  expect(answer.status).toBe(400);
});

test('a body that is too large is refused with its limit', async () => {
  const { key } = await newWorkspace();
  const body = { eventTypeKey: 'E', params: { text: 'x'.repeat(21 * 1024) } };
  const answer = await call('POST /v3/event', { key, body });
  expect(answer).toMatchObject({ status: 400, body: 'The body is larger than 20 KB.' });
});

test('a call whose item is not applied in time is kept, and its repeat waits for the same item', async () => {
  const { key } = await newWorkspace();
  const body = { channels: [{ type: 'email', value: 'slow@example.com' }] };
  stall(true);
  const first = await call('POST /v1/contact', { key, body });
  expect(first).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  const second = await call('POST /v1/contact', { key, body });
  expect(second.status).toBe(503);
  stall(false);
  await pipeline.drain();
  const answers = await Promise.all([1, 2].map(() => call('POST /v1/contact', { key, body })));
  const done = answers.filter(({ status }) => status === 200);
  expect(done.length).toBeGreaterThan(0);
  expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(true);
  advance(1000);
  expect((await call('POST /v1/contact', { key, body })).status).toBe(409);
  const found = await call('GET /v1/contacts?email=slow@example.com', { key });
  expect(found.headers['totalcount']).toBe('1');
});

test('a segment that is put together of others is a type of its own', async () => {
  const { id: workspaceId, key } = await newWorkspace();
  const dynamic = (name: string, include: object): Promise<{ id: number }> =>
    inTransaction(pool, async (tx) => {
      const definition = { language: 1, include };
      const checked = await requireRule(tx, { workspaceId, definition });
      return createDynamic(tx, { workspaceId, by: by(workspaceId), name, checked });
    });
  const { id } = await dynamic('Anna', { type: 'field', field: 'first_name', op: 'is_set' });
  const member = { type: 'segment', segment: String(id) };
  await dynamic('Both', { all: [member, { not: member }] });
  await dynamic('Mixed', { any: [member, { type: 'everyone' }] });
  const { body } = await call('GET /v1/groups', { key });
  expect(body).toMatchObject([
    { name: 'Anna', type: 'dynamic' },
    { name: 'Both', type: 'combined' },
    { name: 'Mixed', type: 'dynamic' },
  ]);
});

test('of identical calls at once all get the same contact', async () => {
  const { key } = await newWorkspace();
  const body = { channels: [{ type: 'email', value: 'twice@example.com' }] };
  const answers = await Promise.all([1, 2, 3].map(() => call('POST /v1/contact', { key, body })));
  const ids = answers
    .filter(({ status }) => status === 200)
    .map(({ body }) => (body as { id: number }).id);
  expect(new Set(ids).size).toBe(1);
});

describe('what became of a push', () => {
  const ids = createInteractionIds(box);

  async function pushTo(workspaceId: number, contactId: number): Promise<string> {
    const { rows } = await pool.query<{ id: number; send_id: number }>(
      `insert into deliveries (contact_id, id, send_id, workspace_id, slot, channel, address, lane, state, status,
                               status_at, created_at)
       values ($1, nextval('delivery_ids'), nextval('send_ids'), $2, 0, 'mobile_push', 't-1', 1, 'accepted', 'sent', $3, $3)
       returning id, send_id`,
      [contactId, workspaceId, clock()],
    );
    return ids.make({ workspaceId, deliveryId: rows[0]!.id });
  }

  async function statusItems(workspaceId: number) {
    const { rows } = await pool.query<{ payload: Buffer }>(
      'delete from inbox where workspace_id = $1 returning payload',
      [workspaceId],
    );
    return rows.flatMap(({ payload }) => decodeItems(payload));
  }

  test('is told by the name that the app got with it', async () => {
    const { id: workspaceId, key } = await newWorkspace();
    const interaction = await pushTo(workspaceId, 4711);
    const time = new Date(clock().getTime() - 60_000).toISOString();
    const url = `PUT /v1/interactions/${interaction}/status`;
    const body = { token: 't-1', status: 'CLICKED', time };
    expect(await call(url, { key, body })).toMatchObject({ status: 200, body: '' });
    expect(await statusItems(workspaceId)).toMatchObject([
      { kind: 'delivery', contactId: 4711, status: 'clicked', at: Date.parse(time), source: 'api' },
    ]);
    expect(await call(url, { key, body: { status: 'READ' } })).toMatchObject({
      status: 400,
      body: 'status: expected one of DELIVERED, OPENED, CLICKED',
    });
    expect((await call(url, { key, body: { status: 'OPENED', time: 'x' } })).status).toBe(400);
  });

  test('is told of nobody by a name that was made up, or made for another workspace', async () => {
    const { id: workspaceId } = await newWorkspace();
    const { key } = await newWorkspace();
    const names = [
      await pushTo(workspaceId, 4712),
      ids.make({ workspaceId, deliveryId: 999_999 }),
      '123e4567-e89b-12d3-a456-426614174000',
      'nonsense',
    ];
    for (const name of names) {
      const body = { status: 'OPENED' };
      const answer = await call(`PUT /v1/interactions/${name}/status`, { key, body });
      expect(answer.status).toBe(404);
    }
  });

  test('bears a name that is no other', () => {
    const one = ids.make({ workspaceId: 1, deliveryId: Number.MAX_SAFE_INTEGER });
    expect(ids.read(one)).toEqual({ workspaceId: 1, deliveryId: Number.MAX_SAFE_INTEGER });
    expect(createInteractionIds(createSecretBox('another secret, as long')).read(one)).toBe(
      undefined,
    );
  });
});

test('a chat that Telegram or a person blocked is not unblocked by unmuting it', async () => {
  const { id, key } = await newWorkspace();
  const channels = [{ type: 'telegrambot', value: 'chat-1' }];
  await call('POST /v1/contact', { key, body: { externalCustomerId: 'u1', channels } });
  const reasons = async (): Promise<unknown[]> => {
    const found = 'select reason, details from suppressions where workspace_id = $1';
    return (await pool.query(found, [id])).rows;
  };
  await pool.query(
    `insert into suppressions (workspace_id, channel, address, reason, since, details, source)
     values ($1, 'telegram', 'chat-1', 'blocked', $2, 'by hand', 'manual')`,
    [id, clock()],
  );
  const body = { token: 'chat-1' };
  for (const act of ['unmute', 'mute', 'unmute'])
    expect((await call(`POST /v1/apps/bot/token/${act}`, { key, body })).status).toBe(200);
  expect(await reasons()).toEqual([{ reason: 'blocked', details: 'by hand' }]);
  await pool.query('delete from suppressions where workspace_id = $1', [id]);
  await call('POST /v1/apps/bot/token/mute', { key, body });
  expect(await reasons()).toEqual([{ reason: 'blocked', details: 'muted' }]);
  await call('POST /v1/apps/bot/token/unmute', { key, body });
  expect(await reasons()).toEqual([]);
});

test('whom messages are from is read from the newest versions', async () => {
  const { id, key } = await newWorkspace();
  await pool.query(
    `with made as (
       insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
       values ($1, 'm', 'M', 'email', 'en', 2, $2, $2) returning id)
     insert into message_versions (message_id, version, content, created_at)
     select id, version, content::jsonb, $2
       from made, (values (1, '{"en": {"from": "old@example.com"}}'),
                          (2, '{"en": {"from": "\\"Ada\\" <ada@example.com>"}, "uk": {"subject": "x"}}')) as v (version, content)`,
    [id, clock()],
  );
  expect((await call('GET /v1/interfaces/email', { key })).body).toEqual([
    { type: 'email', value: '"Ada" <ada@example.com>' },
  ]);
  expect((await call('GET /v1/interfaces/sms', { key })).body).toEqual([]);
});

test('of a token there is one device, whichever came first', async () => {
  const { id: workspaceId, key } = await newWorkspace();
  const channel = (value: string) => ({ type: 'mobilepush', value, device: { appId: 'a' } });
  const body = { externalCustomerId: 'u1', channels: [channel('t-10')] };
  const { body: made } = await call('POST /v1/contact', { key, body });
  const device = { deviceId: 'd-1', pushToken: 't-10', model: 'Pixel' };
  const at = clock().getTime();
  await inbox.append({
    workspaceId,
    lane: LANES.stream,
    items: [
      {
        kind: 'identify',
        ids: [
          ['external_id', 'u1'],
          ['push_token', 't-10'],
        ],
        at,
        source: 'sdk',
        fields: {},
        device,
      },
    ],
  });
  await pipeline.drain();
  const again = { ...body, firstName: 'Ada' };
  await call('POST /v1/contact', { key, body: again });
  const { id } = made as { id: number };
  const { body: contact } = await call(`GET /v1/contact/${id}`, { key });
  expect(contact).toMatchObject({
    channels: [{ value: 't-10', device: { appId: 'a', deviceModel: 'Pixel' } }],
  });
});

test('the reference has every call, and needs no key', async () => {
  const { status, body } = await call('GET /openapi.json', {});
  expect(status).toBe(200);
  const { paths } = body as { paths: Record<string, Record<string, object>> };
  for (const { method, url, summary } of restEndpoints) {
    const path = paths[`/api${url.replaceAll(/:(\w+)/g, '{$1}')}`];
    expect(path?.[method.toLowerCase()], url).toMatchObject({ summary });
  }
  expect(paths['/api/v1/contact']?.['post']).toMatchObject({
    requestBody: {
      content: { 'application/json': { schema: { properties: { firstName: expect.anything() } } } },
    },
  });
});

test('events that it refuses are counted for their type', async () => {
  const { id, key } = await newWorkspace();
  await addType(id, {
    key: 'Paid',
    expected_params: [{ name: 'total', required: true, type: 'number' }],
  });
  await addType(id, { key: 'Asleep', active: false });
  const params = { Email: 'ada@example.com' };
  await call('POST /v3/event', { key, body: { eventTypeKey: 'Paid', keyValue: '1', params } });
  await call('POST /v3/past_events', {
    key,
    body: {
      events: [
        { eventTypeKey: 'Asleep', keyValue: '1', occurred: '2026-01-01T10:00', params },
        { eventTypeKey: 'Asleep', keyValue: '2', occurred: 'once', params },
      ],
    },
  });
  const reserved = { eventTypeKey: 'ContactCreated', keyValue: '1', params };
  expect((await call('POST /v2/event', { key, body: { ...reserved, params: [] } })).status).toBe(
    400,
  );
  const imported = await call('POST /v3/past_events', {
    key,
    body: { events: [{ ...reserved, occurred: '2026-01-01T10:00' }] },
  });
  expect(imported).toMatchObject({
    status: 400,
    body: expect.stringMatching(/^events\[0\]: eventTypeKey: "ContactCreated" is recorded by/),
  });
  await flushErrors();
  const { rows } = await pool.query(
    `select type.key, door, reason, path, expected, got, n
       from event_type_errors e join event_types type on type.id = e.event_type_id
      where type.workspace_id = $1
      order by type.key, reason`,
    [id],
  );
  const rest = { door: 'rest', path: '', expected: '', got: '', n: 1 };
  expect(rows).toEqual([
    { ...rest, key: 'Asleep', reason: 'event' },
    { ...rest, key: 'Asleep', reason: 'inactive' },
    { ...rest, key: 'ContactCreated', reason: 'event', n: 2 },
    { ...rest, key: 'ContactCreated', reason: 'reserved', n: 2 },
    { ...rest, key: 'Paid', reason: 'event' },
    { ...rest, key: 'Paid', reason: 'missing', path: 'total', expected: 'number', got: 'nothing' },
  ]);
});

test('an event that names nobody but whom the workspace blocks is refused at once', async () => {
  const { id, key } = await newWorkspace();
  await setSettings(id, { blocked_identifiers: ['Nobody@Example.com'] });
  const event = (params: object) =>
    call('POST /v3/event', { key, body: { eventTypeKey: 'Paid', keyValue: '1', params } });
  expect(await event({ Email: 'nobody@example.com' })).toMatchObject({
    status: 400,
    body: 'The email "nobody@example.com" identifies nobody in this workspace, and the event has no other identifier.',
  });
  const known = { Email: 'nobody@example.com', externalCustomerId: 'u1' };
  expect((await event(known)).status).toBe(200);
  expect((await event({})).status).toBe(200);
});

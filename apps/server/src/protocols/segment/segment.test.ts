import compress from '@fastify/compress';
import { Analytics } from '@segment/analytics-node';
import Fastify, { type FastifyInstance } from 'fastify';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { createInbox, decodeItems, type InboxItem } from '../../inbox/index.ts';
import { createIdentityTally, createUserTokens } from '../../apps/index.ts';
import { createEventDefinitions, createEventType } from '../../events/index.ts';
import { createKey, createKeyring } from '../../users/index.ts';
import { changeSettings, createWorkspace, readSettings } from '../../workspaces/index.ts';
import { segmentProtocol } from './routes.ts';

const NOW = new Date('2026-06-01T12:00:00.000Z');
const { pool } = await testDatabase();
const by = {
  actor: { kind: 'system', id: null, name: 'test' },
  at: NOW,
  workspaceId: null,
  requestId: null,
  ip: null,
} as never;

let app: FastifyInstance;
let workspaceId: number;
let writeKey: string;
let restKey: string;
let url: string;
let identifyConfirms = true;

beforeAll(async () => {
  await inTransaction(pool, async (tx) => {
    workspaceId = (await createWorkspace(tx, { slug: 'app', name: 'App', by })).id;
    writeKey = (await createKey(tx, { workspaceId, kind: 'write', by })).token;
    restKey = (await createKey(tx, { workspaceId, kind: 'rest', by })).token;
  });
  app = Fastify();
  // As in the program, whose hook unpacks bodies for everybody else.
  await app.register(compress, { global: true });
  const inbox = createInbox({ pool, clock: () => NOW });
  await app.register(async (scope) =>
    segmentProtocol({
      inbox,
      keyring: createKeyring(pool),
      userTokens: createUserTokens(pool),
      identityTally: createIdentityTally(pool),
      clock: () => NOW,
      countryOf: () => 'UA',
      confirms: () => Promise.resolve(identifyConfirms),
      settingsOf: (id) => readSettings(pool, { workspaceId: id }),
      definitions: createEventDefinitions(pool),
    })(scope),
  );
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

/** What is durable, in order of arrival, and gone afterwards. */
async function takeItems(): Promise<InboxItem[]> {
  const { rows } = await pool.query<{ seq: number; payload: Buffer }>(
    `delete from inbox where workspace_id = $1 returning seq, payload`,
    [workspaceId],
  );
  return rows.toSorted((a, b) => a.seq - b.seq).flatMap((row) => decodeItems(row.payload));
}

test('addresses of identify wait for the person where the workspace says so', async () => {
  const person = { userId: 'c1', traits: { email: 'c1@example.com' } };
  await call('identify', person);
  expect((await takeItems())[0]).not.toHaveProperty('confirmed');
  identifyConfirms = false;
  await call('identify', person);
  await call('track', { userId: 'c1', event: 'Opened' });
  identifyConfirms = true;
  const [identify, track] = await takeItems();
  expect(identify).toMatchObject({ kind: 'identify', confirmed: false });
  expect(track).not.toHaveProperty('confirmed');
});

function call(
  path: string,
  body: unknown,
  {
    key = writeKey,
    raw,
    encoding = 'gzip',
  }: { key?: string; raw?: string | Buffer; encoding?: string } = {},
) {
  return app.inject({
    method: 'POST',
    url: `/v1/${path}`,
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      'content-type': 'application/json',
      ...(Buffer.isBuffer(raw) && { 'content-encoding': encoding }),
    },
    payload: raw ?? JSON.stringify(body),
  });
}

describe('the unmodified Segment client', () => {
  test('delivers every kind of call', async () => {
    const analytics = new Analytics({ writeKey, host: url, path: '/v1/batch', flushAt: 20 });
    const failures: unknown[] = [];
    analytics.on('error', (error) => failures.push(error));
    analytics.identify({
      userId: 'u1',
      anonymousId: 'a1',
      traits: {
        email: 'Ada@Example.com',
        phone: '050 123 45 67',
        firstName: 'Ada',
        plan: 'pro',
        createdAt: '2026-01-02T03:04:05Z',
        address: { city: 'Lviv', planet: 'Earth' } as { city: string },
      },
    });
    analytics.track({
      userId: 'u1',
      event: 'Trained',
      properties: { minutes: 30 },
      timestamp: new Date(NOW.getTime() - 60_000),
    });
    analytics.page({ anonymousId: 'a1', name: 'Home', properties: { path: '/' } });
    analytics.screen({ userId: 'u1', name: 'Plan' });
    analytics.group({ userId: 'u1', groupId: 'g1', traits: { name: 'Gym' } });
    analytics.alias({ userId: 'u1', previousId: 'a0' });
    await analytics.closeAndFlush();
    expect(failures).toEqual([]);
    const items = await takeItems();
    expect(items).toMatchObject([
      {
        kind: 'identify',
        ids: [
          ['external_id', 'u1'],
          ['anonymous_id', 'a1'],
          ['email', 'ada@example.com'],
          ['phone', '+380501234567'],
        ],
        fields: {
          first_name: 'Ada',
          'custom.plan': 'pro',
          'custom.createdAt': '2026-01-02T03:04:05Z',
          'address.town': 'Lviv',
          'custom.address.planet': 'Earth',
        },
      },
      {
        kind: 'event',
        event: 'Trained',
        params: { minutes: 30 },
        ids: [['external_id', 'u1']],
        ownTime: true,
      },
      { kind: 'event', event: 'PageView', params: { name: 'Home', path: '/' } },
      { kind: 'event', event: 'screenView', params: { name: 'Plan' } },
      { kind: 'event', event: 'Group', params: { groupId: 'g1', traits: { name: 'Gym' } } },
      { kind: 'alias', ids: [['external_id', 'u1']], previous: ['anonymous_id', 'a0'] },
    ]);
    expect(items.every((item) => typeof item.messageId === 'string')).toBe(true);
  });
});

describe('a clock that is wrong', () => {
  test.each([
    ['three days ahead', 3],
    ['three days behind', -3],
  ])('by %s is corrected by sentAt', async (_, days) => {
    const skew = days * 86_400_000;
    const trueTime = NOW.getTime() - 90_000;
    await call('track', {
      userId: 'u1',
      event: 'E',
      timestamp: new Date(trueTime + skew).toISOString(),
      sentAt: new Date(NOW.getTime() + skew).toISOString(),
    });
    expect(await takeItems()).toMatchObject([{ at: trueTime }]);
  });

  test('without sentAt never puts an event into the future', async () => {
    await call('track', { userId: 'u1', event: 'E', timestamp: '2026-06-02T00:00:00Z' });
    expect(await takeItems()).toMatchObject([{ at: NOW.getTime(), flags: 2 }]);
  });
});

describe('the device of an event', () => {
  const iphone = {
    device: { id: 'd1', type: 'ios', model: 'iPhone15,2', name: "Ada's" },
    os: { name: 'iPhone OS', version: '17.4' },
    app: { name: 'Fit', version: '4.2.0' },
  };
  const told = {
    deviceCategory: 'Mobile',
    osType: 'iOS',
    osVersion: '17.4',
    deviceModel: 'iPhone15,2',
    appVersion: '4.2.0',
  };
  const windows =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['of an app is among its parameters', { context: iphone }, told],
    [
      'gives way to what the app sent itself',
      { context: iphone, properties: { osVersion: 'mine', minutes: 3 } },
      { ...told, osVersion: 'mine', minutes: 3 },
    ],
    [
      'that is a tablet is told as one',
      { context: { ...iphone, device: { id: 'd2', model: 'iPad13,1' } } },
      { ...told, deviceCategory: 'Tablet', deviceModel: 'iPad13,1' },
    ],
    [
      'of a browser is read from its user agent',
      { context: { userAgent: windows } },
      { deviceCategory: 'Desktop', osType: 'Windows', osVersion: '10' },
    ],
    ['of a server is nothing', { context: { userAgent: 'axios/1.7' } }, {}],
    ['is nothing where the context is nonsense', { context: { os: 'x', device: [1], app: 7 } }, {}],
  ])('%s', async (_, item, params) => {
    await call('track', { userId: 'u1', event: 'E', ...item });
    const [taken] = await takeItems();
    expect((taken as { params: unknown }).params).toEqual(params);
  });
});

describe('an event of a type that expects parameters', () => {
  test('is told by its index what it lacks, from the moment they are expected', async () => {
    const paid = { type: 'track', userId: 'u1', event: 'Paid', properties: { total: '12.5' } };
    expect((await call('batch', { batch: [paid] })).json()).toEqual({ success: true });
    await inTransaction(pool, (tx) =>
      createEventType(tx, {
        workspaceId,
        key: 'Paid',
        by,
        expected_params: [
          { name: 'total', required: true, type: 'number' },
          { name: 'coupon', required: false, type: 'string' },
        ],
      }),
    );
    const bad = [
      { ...paid, properties: {} },
      { ...paid, properties: { total: 1, coupon: 7 } },
    ];
    const answer = await call('batch', { batch: [paid, ...bad] });
    expect(answer.json()).toEqual({
      success: false,
      accepted: 1,
      errors: [
        { index: 1, path: 'properties.total', message: 'is required, as Paid expects' },
        { index: 2, path: 'properties.coupon', message: 'must be a text, as Paid expects' },
      ],
    });
    expect(await takeItems()).toHaveLength(2);
  });
});

describe('a bad item', () => {
  const good = { type: 'track', userId: 'u1', event: 'Fine' };
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    [
      'without user and anonymous ID',
      { type: 'track', event: 'E' },
      'userId',
      /anonymousId is required/,
    ],
    [
      'with an ID that everybody sends',
      { type: 'track', event: 'E', userId: 'null' },
      'userId',
      /identifies nobody/,
    ],
    [
      'with an ID of 301 characters, whatever else it has',
      { type: 'track', event: 'E', userId: 'u'.repeat(301), anonymousId: 'a' },
      'userId',
      /longer than 300/,
    ],
    ['without an event', { type: 'track', userId: 'u' }, 'event', /required/],
    [
      'with an event of 101 characters',
      { type: 'track', userId: 'u', event: 'e'.repeat(101) },
      'event',
      /100/,
    ],
    ['of an unknown type', { type: 'buy', userId: 'u' }, 'type', /identify, track/],
    [
      'of 33 KB',
      { type: 'track', userId: 'u', event: 'E', properties: { text: 'x'.repeat(33 * 1024) } },
      '',
      /32 KB/,
    ],
    [
      'in the year 0',
      { type: 'track', userId: 'u', event: 'E', timestamp: '0000-01-01T00:00:00Z' },
      'timestamp',
      /before the year 2000/,
    ],
    [
      'in the year 99999',
      { type: 'track', userId: 'u', event: 'E', timestamp: '99999-01-01T00:00:00Z' },
      'timestamp',
      /not a date/,
    ],
    [
      'with properties that are no object',
      { type: 'track', userId: 'u', event: 'E', properties: [1] },
      'properties',
      /object/,
    ],
    [
      'with a messageId of 101 characters',
      { type: 'track', userId: 'u', event: 'E', messageId: 'm'.repeat(101) },
      'messageId',
      /100/,
    ],
  ])('%s is reported by its index and the others are kept', async (_, bad, path, message) => {
    const answer = await call('batch', { batch: [good, bad, good] });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      success: false,
      accepted: 2,
      errors: [{ index: 1, path, message: expect.stringMatching(message) as string }],
    });
    expect(await takeItems()).toHaveLength(2);
  });

  test('alone is answered with 400', async () => {
    const answer = await call('track', { userId: 'u1' });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      400,
      { success: false, accepted: 0 },
    ]);
  });
});

describe('a bad request', () => {
  test.each<[string, () => ReturnType<typeof call>, number, RegExp]>([
    ['with malformed JSON', () => call('batch', null, { raw: '{"batch": [' }), 400, /JSON/],
    [
      'nested a thousand levels deep',
      () => call('batch', null, { raw: `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}` }),
      400,
      /levels/,
    ],
    [
      'of 501 KB',
      () =>
        call('batch', null, { raw: JSON.stringify({ batch: [], pad: 'x'.repeat(501 * 1024) }) }),
      400,
      /500 KB/,
    ],
    ['that is an array', () => call('batch', []), 400, /object/],
    [
      'of 2,501 items',
      () => call('batch', { batch: Array.from({ length: 2501 }, () => 1) }),
      400,
      /2500/,
    ],
    [
      'with a wrong key',
      () => call('track', { userId: 'u', event: 'E' }, { key: 'wrong' }),
      401,
      /write key/,
    ],
    [
      'with a REST key',
      () => call('track', { userId: 'u', event: 'E' }, { key: restKey }),
      401,
      /write key/,
    ],
    [
      'unpacking to more than 500 KB',
      () => call('batch', null, { raw: gzipSync('x'.repeat(10_000_000)) }),
      400,
      /gzip/,
    ],
    ['that claims to be gzip', () => call('track', null, { raw: Buffer.from('x') }), 400, /gzip/],
    [
      'packed in another way',
      () => call('track', null, { raw: Buffer.from('x'), encoding: 'br' }),
      400,
      /gzip/,
    ],
  ])('%s is refused in words', async (_, send, status, words) => {
    const answer = await send();
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toMatch(words);
    expect(await takeItems()).toEqual([]);
  });

  test('with numbers that no number can hold is read as it was written', async () => {
    const answer = await call('track', null, {
      raw: '{"userId":1234567890123456789,"event":"E","properties":{"a":1e400,"b":[-1e999],"c":"1234567890123456789"}}',
    });
    expect(answer.statusCode).toBe(200);
    expect(await takeItems()).toMatchObject([
      {
        ids: [['external_id', '1234567890123456789']],
        params: { a: '1e400', b: ['-1e999'], c: '1234567890123456789' },
      },
    ]);
  });

  test('holding a lone surrogate, a NUL and an event named __proto__ is stored as text', async () => {
    const answer = await call('track', null, {
      raw: '{"userId":"u","event":"__proto__","properties":{"a":"\\ud800","b":"\\u0000","__proto__":{"c":1}}}',
    });
    expect(answer.statusCode).toBe(200);
    expect(await takeItems()).toMatchObject([
      { event: '__proto__', params: { a: '\ufffd', b: '\ufffd' } },
    ]);
  });

  test('with the key in its body is taken, packed or not', async () => {
    const body = { writeKey, userId: 'u', event: 'E' };
    await call('track', body, { key: '' });
    await call('track', null, { raw: gzipSync(JSON.stringify(body)), key: '' });
    expect(await takeItems()).toHaveLength(2);
  });
});

test('an item that names nobody but whom the workspace blocks is told at once, the others are taken', async () => {
  const change = (blocked: string[]): Promise<unknown> =>
    inTransaction(pool, (tx) =>
      changeSettings(tx, { workspaceId, change: { blocked_identifiers: blocked }, by }),
    );
  await change(['Shared-Tablet']);
  await takeItems();
  const tablet = { type: 'track', event: 'Opened', anonymousId: 'shared-tablet' };
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/batch',
    payload: { writeKey, batch: [{ type: 'nonsense' }, tablet, { ...tablet, userId: 'u1' }] },
  });
  await change([]);
  expect(answer.json()).toEqual({
    success: false,
    accepted: 1,
    errors: [
      expect.objectContaining({ index: 0, path: 'type' }),
      {
        index: 1,
        path: 'anonymousId',
        message: 'identifies nobody in this workspace: "shared-tablet"',
      },
    ],
  });
  expect(await takeItems()).toMatchObject([
    {
      event: 'Opened',
      ids: [
        ['external_id', 'u1'],
        ['anonymous_id', 'shared-tablet'],
      ],
    },
  ]);
});

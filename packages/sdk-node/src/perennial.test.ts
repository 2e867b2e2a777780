import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Perennial, type PerennialError, type PerennialOptions } from './index.ts';
import { answers, drops, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let errors: PerennialError[];
const open: Perennial[] = [];

beforeEach(async () => {
  server = await startTestServer();
  errors = [];
});
afterEach(async () => {
  for (const client of open.splice(0)) await client.close({ timeout: 0 });
  await server.close();
});

function client(options: Partial<PerennialOptions> = {}): Perennial {
  const made = new Perennial({
    writeKey: 'per_write_x',
    host: server.host,
    flushOnExit: false,
    onError: (error) => errors.push(error),
    ...options,
  });
  open.push(made);
  return made;
}

function items() {
  return server.batches.flatMap(({ batch }) => batch);
}

describe('calls', () => {
  test('go out in one batch, in their order, with what the server needs', async () => {
    const perennial = client({ context: { app: { name: 'shop' } } });
    perennial.identify({ userId: 'u1', traits: { since: new Date(0), nothing: undefined } });
    perennial.track({ userId: 'u1', event: 'Ordered', properties: { total: 5 } });
    perennial.page({ anonymousId: 'a1', name: 'Home' });
    perennial.screen({ anonymousId: 'a1', name: 'Cart' });
    perennial.group({ userId: 'u1', groupId: 'g1' });
    perennial.alias({ userId: 'u1', previousId: 'a1' });
    await perennial.flush();
    expect(errors).toEqual([]);
    expect(server.batches).toHaveLength(1);
    expect(server.batches[0]).toMatchObject({
      context: { app: { name: 'shop' } },
      authorization: `Basic ${btoa('per_write_x:')}`,
    });
    expect(Date.parse(server.batches[0]!.sentAt)).not.toBeNaN();
    expect(items()).toMatchObject([
      { type: 'identify', userId: 'u1', traits: { since: '1970-01-01T00:00:00.000Z' } },
      { type: 'track', event: 'Ordered', properties: { total: 5 } },
      { type: 'page', anonymousId: 'a1', name: 'Home' },
      { type: 'screen', name: 'Cart' },
      { type: 'group', groupId: 'g1' },
      { type: 'alias', previousId: 'a1' },
    ]);
    expect(new Set(items().map(({ messageId }) => messageId)).size).toBe(6);
    expect(items().every(({ timestamp }) => typeof timestamp === 'string')).toBe(true);
  });

  test('keep what the caller says of time and identity', async () => {
    const perennial = client();
    const timestamp = new Date('2026-01-02T03:04:05.678Z');
    perennial.track({
      userId: 'u1',
      event: 'Ordered',
      timestamp,
      messageId: 'm1',
      userToken: 'signed',
      context: { locale: 'uk' },
    });
    await perennial.flush();
    expect(items()).toMatchObject([
      {
        messageId: 'm1',
        timestamp: '2026-01-02T03:04:05.678Z',
        context: { locale: 'uk', userToken: 'signed' },
      },
    ]);
  });

  test('are written down at once, whatever becomes of their objects', async () => {
    const perennial = client();
    const properties = { total: 5 };
    perennial.track({ userId: 'u1', event: 'Ordered', properties });
    properties.total = 6;
    await perennial.flush();
    expect(items()).toMatchObject([{ properties: { total: 5 } }]);
  });

  test.each([
    ['without anybody', { event: 'X' }, 'invalid_call'],
    ['without an event', { userId: 'u1' }, 'invalid_call'],
    ['with a circle', circular(), 'invalid_call'],
    ['with a bigint', { userId: 'u1', event: 'X', properties: { n: 1n } }, 'invalid_call'],
    [
      'over 32 KB',
      { userId: 'u1', event: 'X', properties: { n: 'ї'.repeat(16_400) } },
      'too_large',
    ],
  ])('%s are told to onError, and throw nothing', async (_name, call, code) => {
    const perennial = client();
    perennial.track(call as never);
    await perennial.flush();
    expect(errors).toMatchObject([{ code }]);
    expect(items()).toEqual([]);
  });

  test('are split into requests that the server takes', async () => {
    const perennial = client({ flushAt: 10_000 });
    const filling = 'x'.repeat(30_000);
    for (let n = 0; n < 40; n += 1)
      perennial.track({ userId: 'u1', event: 'Big', properties: { n, filling } });
    for (let n = 0; n < 1200; n += 1) perennial.track({ userId: 'u1', event: `Small ${n}` });
    await perennial.flush();
    expect(items()).toHaveLength(1240);
    expect(items().at(-1)).toMatchObject({ event: 'Small 1199' });
    for (const { batch } of server.batches) {
      expect(batch.length).toBeLessThanOrEqual(500);
      expect(JSON.stringify(batch).length).toBeLessThan(500 * 1024);
    }
  });

  test('go out by themselves when enough wait, and when some have waited long enough', async () => {
    const perennial = client({ flushAt: 2, flushInterval: 10 });
    perennial.track({ userId: 'u1', event: 'A' });
    perennial.track({ userId: 'u1', event: 'B' });
    perennial.track({ userId: 'u1', event: 'C' });
    await vi.waitFor(() => expect(items()).toHaveLength(3));
    expect(server.batches.map(({ batch }) => batch.length)).toEqual([2, 1]);
  });
});

describe('a server in trouble', () => {
  test.each([
    ['is away for a moment', drops],
    ['fails', answers(503, 'down for maintenance')],
    ['is busy and says when', answers(429, { success: false }, { 'retry-after': '0' })],
    ['gives a date', answers(503, '', { 'retry-after': new Date(0).toUTCString() })],
    ['times out at a proxy', answers(504, '<html>')],
  ])('that %s gets the same calls again, with the same IDs', async (_name, manner) => {
    const perennial = client();
    server.manners.push(manner, manner);
    perennial.track({ userId: 'u1', event: 'A' });
    await perennial.flush();
    const ids = server.batches.map(({ batch }) => batch.map(({ messageId }) => messageId));
    expect(ids).toHaveLength(3);
    expect(new Set(ids.flat()).size).toBe(1);
    expect(errors).toEqual([]);
  });

  test('keeps the order: later calls wait for earlier ones', async () => {
    const perennial = client({ flushAt: 1 });
    server.manners.push(answers(503, ''));
    for (const event of ['A', 'B', 'C']) perennial.track({ userId: 'u1', event });
    await perennial.flush();
    expect(server.batches.map(({ batch }) => batch.map(({ event }) => event))).toEqual([
      ['A'],
      ['A'],
      ['B', 'C'],
    ]);
  });

  test('does not fill the memory', async () => {
    const perennial = client({ maxQueued: 2, flushAt: 100 });
    for (const event of ['A', 'B', 'C']) perennial.track({ userId: 'u1', event });
    expect(errors).toMatchObject([{ code: 'queue_full', items: [{ event: 'C' }] }]);
    await perennial.flush();
    expect(items().map(({ event }) => event)).toEqual(['A', 'B']);
  });
});

describe('what the server refuses', () => {
  test('is told with the call and the reason, and the others are taken', async () => {
    const perennial = client();
    server.manners.push(
      answers(200, {
        success: false,
        accepted: 1,
        errors: [{ index: 1, path: 'event', message: 'is too long' }],
      }),
    );
    perennial.track({ userId: 'u1', event: 'A' });
    perennial.track({ userId: 'u1', event: 'B' });
    await perennial.flush();
    expect(errors).toMatchObject([
      { code: 'rejected', message: 'event is too long', items: [{ event: 'B' }] },
    ]);
    expect(server.batches).toHaveLength(1);
  });

  test.each([
    [401, 'unauthorized'],
    [413, 'rejected'],
    [302, 'rejected'],
  ])('with %i is not tried again', async (status, code) => {
    const perennial = client();
    server.manners.push(answers(status, { message: 'No.' }, { location: '/elsewhere' }));
    perennial.track({ userId: 'u1', event: 'A' });
    await perennial.flush();
    expect(errors).toMatchObject([{ code, message: 'No.', items: [{ event: 'A' }] }]);
    expect(server.batches).toHaveLength(1);
  });
});

describe('the end', () => {
  test('sends what waits, and takes no more', async () => {
    const perennial = client();
    perennial.track({ userId: 'u1', event: 'A' });
    await perennial.close();
    expect(items()).toMatchObject([{ event: 'A' }]);
    perennial.track({ userId: 'u1', event: 'B' });
    expect(errors).toMatchObject([{ code: 'closed' }]);
  });

  test('does not wait for a server that is away', async () => {
    const perennial = client();
    server.manners.push(...Array.from({ length: 20 }, () => drops));
    perennial.track({ userId: 'u1', event: 'A' });
    await perennial.close({ timeout: 50 });
    expect(errors).toMatchObject([{ code: 'not_delivered', items: [{ event: 'A' }] }]);
  });

  test('a listener that throws takes nothing down', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const perennial = client({
      onError: () => {
        throw new Error('no');
      },
    });
    server.manners.push(answers(401, {}));
    perennial.track({ userId: 'u1', event: 'A' });
    await perennial.flush();
    expect(told).toHaveBeenCalledOnce();
    told.mockRestore();
  });
});

test.each([
  [{ writeKey: '', host: 'http://127.0.0.1' }, 'writeKey'],
  [{ writeKey: 'k', host: '127.0.0.1:7070' }, 'http(s)'],
])('a client that cannot work says so at once', (options, says) => {
  expect(() => new Perennial(options)).toThrow(says);
});

function circular(): object {
  const properties: Record<string, unknown> = {};
  properties['self'] = properties;
  return { userId: 'u1', event: 'X', properties };
}

import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIdentityTally, createUserTokens } from '../apps/index.ts';
import { testContacts } from '../contacts/test-contacts.ts';
import { createErrorTally, createEventDefinitions, forgetErrorCounts } from '../events/index.ts';
import { createInbox, type Identifier } from '../inbox/index.ts';
import { segmentProtocol } from '../protocols/segment/routes.ts';
import { createKeyring } from '../users/index.ts';

const { call, pool, workspace, clock, send, track, pipeline, errorTally, addKey, logIn } =
  await testContacts();
const DAY = 86_400_000;
const ada: Identifier[] = [['external_id', 'ada']];
const inbox = createInbox({ pool, clock: clock.now });
const door = Fastify();
let key: string;

beforeAll(async () => {
  const parts = {
    inbox,
    keyring: createKeyring(pool),
    userTokens: createUserTokens(pool),
    identityTally: createIdentityTally(pool),
    clock: clock.now,
    countryOf: () => undefined,
    definitions: createEventDefinitions(pool),
    errorTally,
  };
  await door.register(async (scope) => segmentProtocol(parts)(scope));
  const { authorization } = await addKey({ kind: 'write' });
  key = authorization!.replace('Bearer ', '');
  const expected = [{ name: 'total', type: 'number' }, { name: 'sku' }];
  await call('POST', '/event_types', { body: { key: 'Paid', expected_params: expected } });
});
afterAll(async () => {
  await door.close();
  await inbox.close();
});

async function sendBatch(events: object[], event = 'Paid'): Promise<void> {
  await door.inject({
    method: 'POST',
    url: '/v1/batch',
    payload: {
      writeKey: key,
      batch: events.map((properties) => ({ type: 'track', userId: 'ada', event, properties })),
    },
  });
  await pipeline.drain();
}

async function errorsOf(type: string, query = ''): Promise<Record<string, unknown>> {
  await errorTally.flush();
  return (await call('GET', `/event_types/${type}/errors${query}`)).body;
}

test('events that the tracking API refuses are counted under each reason', async () => {
  await sendBatch([
    { total: 'grace@example.com', sku: 'a' },
    { total: 1, sku: 'a' },
    { total: [] },
    {},
  ]);
  expect(await errorsOf('Paid', '?days=2')).toEqual({
    event: 'Paid',
    refused: 3,
    stored: 0,
    days: [
      { day: '2026-03-01', refused: 0, stored: 0 },
      { day: '2026-03-02', refused: 3, stored: 0 },
    ],
    time_zone: workspace.time_zone,
    reasons: [
      reason('sku', 2, { reason: 'missing', got: 'nothing' }),
      reason('total', 1, { reason: 'wrong_type', expected: 'number', got: 'array' }),
      reason('total', 1, { reason: 'missing', expected: 'number', got: 'nothing' }),
      reason('total', 1, { reason: 'wrong_type', expected: 'number', got: 'string' }),
    ],
  });
});

function reason(path: string, count: number, more: object): Record<string, unknown> {
  const last_at = clock.now().toISOString();
  return { door: 'tracking', app: null, expected: null, ...more, path, count, last_at };
}

test('nothing that was sent is kept of them, only what it was', async () => {
  const { rows } = await pool.query(`select * from event_type_errors`);
  expect(JSON.stringify(rows)).not.toContain('grace');
});

test('what the management API refuses, and what is stored all the same, are told apart', async () => {
  clock.advance(DAY);
  await call('POST', '/events', { body: { event: 'Paid', params: { total: 1 } } });
  await send([track(ada, 'Paid', { params: { total: 'much', sku: 'a' } }), track(ada, 'Other')]);
  expect(await errorsOf('Paid', '?days=1')).toMatchObject({
    refused: 1,
    stored: 1,
    reasons: [
      { door: 'management', path: 'sku', got: 'nothing', count: 1 },
      { door: 'stored', path: 'total', got: 'string', count: 1 },
    ],
  });
  expect(await errorsOf('Other')).toMatchObject({ refused: 0, stored: 0, reasons: [] });
});

test('the list of types sums them over its days', async () => {
  const sums = async (days: number): Promise<object> => {
    const { body } = await call('GET', `/event_types?days=${days}`);
    return Object.fromEntries(
      body.items.map((row: { key: string; errors: object }) => [row.key, row.errors]),
    );
  };
  expect(await sums(1)).toMatchObject({
    Paid: { refused: 1, stored: 1 },
    Other: { refused: 0, stored: 0 },
  });
  expect(await sums(14)).toMatchObject({ Paid: { refused: 4, stored: 1 } });
});

test('counts add up over processes, and none is lost that could not be written', async () => {
  const before = (await errorsOf('Paid'))['refused'];
  const failures: unknown[] = [];
  let broken = true;
  const failing = {
    query: (...args: Parameters<typeof pool.query>) =>
      broken ? Promise.reject(new Error('the line dropped')) : pool.query(...args),
  } as unknown as typeof pool;
  const onError = (cause: unknown): void => void failures.push(cause);
  const other = createErrorTally({ pool: failing, clock: clock.now, onError });
  const unfit = {
    workspaceId: workspace.id,
    event: 'Paid',
    door: 'rest' as const,
    faults: [],
  };
  other.add(unfit, 2);
  await expect(other.flush()).rejects.toThrow('the line dropped');
  other.add(unfit);
  broken = false;
  await other.close();
  expect((await errorsOf('Paid'))['refused']).toBe(Number(before) + 3);
});

test('events under a name that Perennial records itself count, also before it recorded any', async () => {
  await sendBatch([{ total: 'x' }, {}], 'MessageSent');
  const body = { event: 'MessageSent', params: { total: 1 } };
  expect((await call('POST', '/events', { body })).status).toBe(400);
  const of = (reasons: object[]) => reasons.map((one) => ({ path: null, app: null, ...one }));
  expect(await errorsOf('MessageSent', '?days=1')).toMatchObject({
    refused: 3,
    stored: 0,
    reasons: of([
      { door: 'tracking', reason: 'reserved', count: 2 },
      { door: 'management', reason: 'reserved', count: 1 },
    ]),
  });
  expect((await call('GET', '/event_types/MessageSent')).body).toMatchObject({
    system: true,
    category: 'message',
  });
});

test('of a type that nobody made nothing is kept, and old days go', async () => {
  errorTally.add({ workspaceId: workspace.id, event: 'Nothing', door: 'rest', faults: [] });
  await errorTally.flush();
  expect((await call('GET', '/event_types/Nothing/errors')).status).toBe(404);
  await forgetErrorCounts(pool, { before: clock.now() });
  expect(await errorsOf('Paid', '?days=90')).toMatchObject({
    refused: 4,
    days: expect.arrayContaining([{ day: '2026-03-02', refused: 0, stored: 0 }]),
  });
});

test('whoever may see types may see them, without personal data', async () => {
  const as = await logIn('marketer_without_contact_data');
  expect((await call('GET', '/event_types/Paid/errors', { as })).status).toBe(200);
});

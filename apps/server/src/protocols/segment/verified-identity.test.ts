import Fastify, { type FastifyInstance } from 'fastify';
import { importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, createIdentityTally, createUserTokens } from '../../apps/index.ts';
import { addSigningKey } from '../../apps/change-signing-keys.ts';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { createEventDefinitions } from '../../events/index.ts';
import { createInbox, decodeItems, type InboxItem, type JsonObject } from '../../inbox/index.ts';
import { createKey, createKeyring } from '../../users/index.ts';
import { createWorkspace } from '../../workspaces/index.ts';
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
const identityTally = createIdentityTally(pool);

let app: FastifyInstance;
let workspaceId: number;
let appId: number;
let writeKey: string;
let signingKey: { kid: string; pem: string };

beforeAll(async () => {
  await inTransaction(pool, async (tx) => {
    workspaceId = (await createWorkspace(tx, { slug: 'app', name: 'App', by })).id;
    const owner = { workspaceId, by };
    appId = (await createApp(tx, { ...owner, name: 'iOS', platform: 'ios' })).id;
    const made = await addSigningKey(tx, { ...owner, appId, name: '' });
    signingKey = { kid: made.kid, pem: made.private_key! };
    writeKey = (await createKey(tx, { ...owner, kind: 'write', app: appId })).token;
  });
  app = Fastify();
  const inbox = createInbox({ pool, clock: () => NOW });
  await app.register(async (scope) =>
    segmentProtocol({
      inbox,
      keyring: createKeyring(pool),
      userTokens: createUserTokens(pool),
      identityTally,
      // Each call sees the app as it is now.
      clock: () => new Date(NOW.getTime() + (ticks += 10_000)),
      countryOf: () => 'UA',
      definitions: createEventDefinitions(pool),
    })(scope),
  );
  await requireVerified(true);
});
afterAll(() => app.close());

let ticks = 0;

async function requireVerified(on: boolean): Promise<void> {
  await pool.query('update apps set require_verified = $2 where id = $1', [appId, on]);
}

async function tokenOf(claims: JsonObject, lives = 36_000): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: signingKey.kid })
    .setExpirationTime(Math.floor(NOW.getTime() / 1000) + lives)
    .sign(await importPKCS8(signingKey.pem, 'ES256'));
}

async function send(
  path: string,
  body: JsonObject,
  headers: Record<string, string> = {},
): Promise<{ status: number; answer: JsonObject; items: InboxItem[] }> {
  const response = await app.inject({
    method: 'POST',
    url: `/v1/${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ writeKey, ...body }),
  });
  const { rows } = await pool.query<{ seq: number; payload: Buffer }>(
    `delete from inbox where workspace_id = $1 returning seq, payload`,
    [workspaceId],
  );
  const items = rows.toSorted((a, b) => a.seq - b.seq).flatMap((row) => decodeItems(row.payload));
  return { status: response.statusCode, answer: response.json(), items };
}

describe('an app that requires verified identity', () => {
  test('counts a call without a token as anonymous', async () => {
    const { items } = await send('track', { userId: 'u1', anonymousId: 'a1', event: 'Opened' });
    expect(items).toMatchObject([{ ids: [['anonymous_id', 'a1']], event: 'Opened' }]);
  });

  test('has nobody to count for when there is no anonymous ID either', async () => {
    const { status, answer, items } = await send('track', { userId: 'u1', event: 'Opened' });
    expect({ status, items }).toEqual({ status: 400, items: [] });
    expect(answer).toMatchObject({ errors: [{ path: 'context.userToken' }] });
  });

  test('takes user, e-mail and phone from the token', async () => {
    const token = await tokenOf({ sub: 'u1', email: 'Ada@example.com' });
    const { items } = await send('identify', {
      anonymousId: 'a1',
      userId: 'u1',
      traits: { email: 'ada@example.com', phone: '+380501234567', goal: 'run' },
      context: { userToken: token },
    });
    expect(items).toMatchObject([
      {
        ids: [
          ['external_id', 'u1'],
          ['anonymous_id', 'a1'],
          ['email', 'ada@example.com'],
        ],
        fields: { email: 'Ada@example.com', 'custom.goal': 'run' },
        unverified: { phone: '+380501234567' },
        via: { app: 'ios', verified: true },
      },
    ]);
  });

  test('keeps an e-mail without proof aside', async () => {
    const { items } = await send('identify', {
      anonymousId: 'a1',
      userId: 'victim',
      traits: { email: 'victim@example.com', goal: 'run' },
    });
    expect(items).toMatchObject([
      {
        ids: [['anonymous_id', 'a1']],
        fields: { 'custom.goal': 'run' },
        unverified: { email: 'victim@example.com' },
        via: { app: 'ios', verified: false },
      },
    ]);
    expect(items[0]).not.toHaveProperty('fields.email');
  });

  test('refuses a user whom the token does not speak for, and aliases without one', async () => {
    const token = await tokenOf({ sub: 'u1' });
    const other = { userId: 'u2', event: 'Opened', context: { userToken: token } };
    expect((await send('track', other)).answer).toMatchObject({ errors: [{ path: 'userId' }] });
    const alias = { userId: 'u1', previousId: 'a1' };
    expect((await send('alias', alias)).status).toBe(400);
    const proven = await send('alias', { ...alias, context: { userToken: token } });
    expect(proven.items).toMatchObject([{ kind: 'alias', ids: [['external_id', 'u1']] }]);
  });

  test('refuses a token that does not hold, instead of losing who it was', async () => {
    const body = { anonymousId: 'a1', event: 'Opened', context: { userToken: 'forged' } };
    const { status, answer } = await send('track', body);
    expect(status).toBe(400);
    expect(answer).toMatchObject({
      errors: [{ index: 0, path: 'context.userToken', message: 'is not a signed JWT' }],
    });
  });

  test('takes one token for a batch, by its context or a header, and others for its items', async () => {
    const [one, two] = [await tokenOf({ sub: 'u1' }), await tokenOf({ sub: 'u2' })];
    const batch = [
      { type: 'track', event: 'A' },
      { type: 'track', event: 'B', context: { userToken: two } },
      { type: 'track', event: 'C', context: { userToken: 'x' } },
    ];
    for (const shared of [{ context: { userToken: one } }, {}]) {
      const headers = 'context' in shared ? {} : { 'x-perennial-user-token': one };
      const { answer, items } = await send('batch', { batch, ...shared }, headers);
      expect(answer).toMatchObject({ accepted: 2, errors: [{ index: 2 }] });
      expect(items.map((item) => item.ids)).toEqual([
        [['external_id', 'u1']],
        [['external_id', 'u2']],
      ]);
    }
  });

  test('never stores a token', async () => {
    const token = await tokenOf({ sub: 'u1' });
    const { items } = await send('track', { event: 'A', context: { userToken: token, ip: '::1' } });
    expect(JSON.stringify(items)).not.toContain(token);
    expect(items).toMatchObject([{ context: { ip: '::1' } }]);
  });

  test('bounds how many tokens a request may have checked', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 102 }, (_, n) => tokenOf({ sub: `many ${n}` })),
    );
    const batch = tokens.map((userToken) => ({
      type: 'track',
      event: 'A',
      context: { userToken },
    }));
    const { answer } = await send('batch', { batch });
    expect(answer).toMatchObject({ accepted: 100 });
  });
});

test('before it is required, calls are taken as ever and counted by what they prove', async () => {
  await requireVerified(false);
  await pool.query('delete from app_identity_counts');
  await identityTally.write(NOW);
  await pool.query('delete from app_identity_counts');
  const token = await tokenOf({ sub: 'u1' });
  const bare = await send('track', { userId: 'u9', event: 'A' });
  expect(bare.items).toMatchObject([{ ids: [['external_id', 'u9']] }]);
  await send('track', { userId: 'u1', event: 'A', context: { userToken: token } });
  const forged = await send('track', { userId: 'u1', event: 'A', context: { userToken: 'x' } });
  expect(forged.status).toBe(200);
  await send('track', { anonymousId: 'a1', event: 'A' });
  await identityTally.write(NOW);
  const { rows } = await pool.query(
    'select verified, unverified, invalid from app_identity_counts',
  );
  expect(rows).toEqual([{ verified: 1, unverified: 1, invalid: 1 }]);
});

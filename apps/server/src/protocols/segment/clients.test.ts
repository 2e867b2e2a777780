import { Analytics } from '@customerio/cdp-analytics-node';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Perennial } from '../../../../../packages/sdk-node/src/index.ts';
import { createIdentityTally, createUserTokens } from '../../apps/index.ts';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { createEventDefinitions } from '../../events/index.ts';
import { createInbox, decodeItems, type InboxItem } from '../../inbox/index.ts';
import { createKey, createKeyring } from '../../users/index.ts';
import { createWorkspace } from '../../workspaces/index.ts';
import { segmentProtocol } from './routes.ts';

const { pool } = await testDatabase();
const by = {
  actor: { kind: 'system', id: null, name: 'test' },
  at: new Date(),
  workspaceId: null,
} as never;

let app: FastifyInstance;
let host: string;
let writeKey: string;

beforeAll(async () => {
  writeKey = await inTransaction(pool, async (tx) => {
    const { id } = await createWorkspace(tx, { slug: 'app', name: 'App', by });
    return (await createKey(tx, { workspaceId: id, kind: 'write', by })).token;
  });
  const clock = (): Date => new Date();
  const inbox = createInbox({ pool, clock });
  app = Fastify();
  await app.register(async (scope) =>
    segmentProtocol({
      inbox,
      keyring: createKeyring(pool),
      userTokens: createUserTokens(pool),
      identityTally: createIdentityTally(pool),
      clock,
      countryOf: () => undefined,
      definitions: createEventDefinitions(pool),
    })(scope),
  );
  host = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

async function takeItems(): Promise<InboxItem[]> {
  const { rows } = await pool.query<{ seq: number; payload: Buffer }>(
    `delete from inbox returning seq, payload`,
  );
  return rows.toSorted((a, b) => a.seq - b.seq).flatMap((row) => decodeItems(row.payload));
}

const CALLS = [
  { kind: 'identify', ids: [['external_id', 'u1']], fields: { 'custom.goal': 'run' } },
  { kind: 'event', event: 'Trained', params: { minutes: 30 }, ownTime: true },
  { kind: 'event', event: 'PageView', ids: [['anonymous_id', 'a1']] },
  { kind: 'event', event: 'screenView', params: { name: 'Plan' } },
  { kind: 'event', event: 'Group', params: { groupId: 'g1' } },
  { kind: 'alias', previous: ['anonymous_id', 'a1'] },
];

test('our own client for Node.js delivers every kind of call', async () => {
  const errors: unknown[] = [];
  const perennial = new Perennial({
    writeKey,
    host,
    flushOnExit: false,
    onError: (e) => errors.push(e),
  });
  perennial.identify({ userId: 'u1', traits: { goal: 'run' } });
  perennial.track({ userId: 'u1', event: 'Trained', properties: { minutes: 30 } });
  perennial.page({ anonymousId: 'a1', name: 'Home' });
  perennial.screen({ userId: 'u1', name: 'Plan' });
  perennial.group({ userId: 'u1', groupId: 'g1' });
  perennial.alias({ userId: 'u1', previousId: 'a1' });
  await perennial.close();
  expect(errors).toEqual([]);
  expect(await takeItems()).toMatchObject(CALLS);
});

test('it tells what the server says is wrong', async () => {
  const errors: unknown[] = [];
  const perennial = new Perennial({
    writeKey,
    host,
    flushOnExit: false,
    onError: (e) => errors.push(e),
  });
  perennial.track({ userId: 'u1', event: 'Fine' });
  perennial.track({ userId: 'u1', event: 'x'.repeat(101) });
  await perennial.close();
  expect(errors).toMatchObject([{ code: 'rejected', message: expect.stringContaining('event') }]);
  expect(await takeItems()).toMatchObject([{ event: 'Fine' }]);
});

test("the unmodified client of Customer.io's data pipelines delivers every kind of call", async () => {
  const analytics = new Analytics({ writeKey, host, path: '/v1/batch' });
  const failures: unknown[] = [];
  analytics.on('error', (error) => failures.push(error));
  analytics.identify({ userId: 'u1', traits: { goal: 'run' } });
  analytics.track({ userId: 'u1', event: 'Trained', properties: { minutes: 30 } });
  analytics.page({ anonymousId: 'a1', name: 'Home' });
  analytics.screen({ userId: 'u1', name: 'Plan' });
  analytics.group({ userId: 'u1', groupId: 'g1' });
  analytics.alias({ userId: 'u1', previousId: 'a1' });
  await analytics.closeAndFlush();
  expect(failures).toEqual([]);
  expect(await takeItems()).toMatchObject(CALLS);
});

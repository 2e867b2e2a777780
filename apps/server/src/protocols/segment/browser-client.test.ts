import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createIdentityTally, createUserTokens } from '../../apps/index.ts';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { createEventDefinitions } from '../../events/index.ts';
import { createInbox, decodeItems, type InboxItem } from '../../inbox/index.ts';
import { segmentProtocol } from './routes.ts';
import { createKey, createKeyring } from '../../users/index.ts';
import { createWorkspace } from '../../workspaces/index.ts';
import { launchBrowser } from '../../../../web/test/browser.ts';

const { pool } = await testDatabase();
const by = {
  actor: { kind: 'system', id: null, name: 'test' },
  at: new Date(),
  workspaceId: null,
} as never;

let api: FastifyInstance;
let shop: FastifyInstance;
let browser: Browser;
let shopUrl: string;

/** A page of a shop on another origin, with the client as npm has it. */
beforeAll(async () => {
  const writeKey = await inTransaction(pool, async (tx) => {
    const { id } = await createWorkspace(tx, { slug: 'app', name: 'App', by });
    return (await createKey(tx, { workspaceId: id, kind: 'write', by })).token;
  });
  const clock = (): Date => new Date();
  const inbox = createInbox({ pool, clock });
  api = Fastify();
  await api.register(async (scope) =>
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
  const apiUrl = await api.listen({ host: '127.0.0.1', port: 0 });
  const main = createRequire(import.meta.url).resolve('@segment/analytics-next');
  const script = await readFile(join(dirname(main), '../umd/index.js'), 'utf8');
  shop = Fastify();
  shop.get('/analytics.js', (_request, reply) => reply.type('text/javascript').send(script));
  shop.get('/', (_request, reply) =>
    reply.type('text/html').send(`<!doctype html><script src="/analytics.js"></script><script>
      const { AnalyticsBrowser } = window.AnalyticsNext;
      window.analytics = AnalyticsBrowser.load(
        { writeKey: '${writeKey}', cdnSettings: { integrations: { 'Segment.io': {} } } },
        { integrations: { 'Segment.io': {
          apiKey: '${writeKey}', apiHost: '${apiUrl.replace('http://', '')}/v1', protocol: 'http',
        } } },
      );
    </script>`),
  );
  shopUrl = await shop.listen({ host: '127.0.0.1', port: 0 });
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await Promise.all([api.close(), shop.close()]);
});

async function readItems(): Promise<InboxItem[]> {
  const { rows } = await pool.query<{ payload: Buffer }>('select payload from inbox order by seq');
  return rows.flatMap((row) => decodeItems(row.payload));
}

interface Client {
  identify(userId: string, traits: object): Promise<unknown>;
  track(event: string, properties: object): Promise<unknown>;
  page(): Promise<unknown>;
}

test('the unmodified Segment client of web pages delivers from another origin', async () => {
  const page = await browser.newPage();
  await page.goto(shopUrl);
  await page.evaluate(async () => {
    const client = (globalThis as unknown as { analytics: Client }).analytics;
    await client.page();
    await client.identify('u1', { email: 'ada@example.com' });
    await client.track('Ordered', { total: 5 });
  });
  const items = await vi.waitFor(async () => {
    const found = await readItems();
    expect(found).toHaveLength(3);
    return found;
  });
  const of = (name: string): InboxItem | undefined =>
    items.find((item) => item.kind === name || (item.kind === 'event' && item.event === name));
  expect(of('PageView')).toMatchObject({ ids: [['anonymous_id', expect.any(String)]] });
  expect(of('identify')).toMatchObject({
    ids: [
      ['external_id', 'u1'],
      ['anonymous_id', expect.any(String)],
      ['email', 'ada@example.com'],
    ],
  });
  expect(of('Ordered')).toMatchObject({
    ids: [['external_id', 'u1'], expect.anything()],
    params: { total: 5 },
  });
});

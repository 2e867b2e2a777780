import { expect, test } from 'vitest';
import { ensurePartitions } from '../../db/partitions.ts';
import { testApp } from '../../http/test-app.ts';
import { createWorld } from '../../sends/test-world.ts';
import { leavingRoutes } from './routes.ts';

const { call, pool, workspace, clock, addWorkspace, addKey } = await testApp({
  routes: leavingRoutes,
});
const world = createWorld(pool);
const DAY_MS = 86_400_000;
await ensurePartitions(pool, { now: clock.now() });

async function typeId(key: string): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into event_types (workspace_id, key, name, created_at) values ($1, $2, $2, $3)
         on conflict (workspace_id, key) do update set key = excluded.key returning id`,
    [workspace.id, key, clock.now()],
  );
  return rows[0]!.id;
}

let facts = 0;
async function fact(type: string, params: object, daysAgo = 1): Promise<void> {
  await pool.query(
    `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
     values ($1, $2, $3, $4, $4, $5, 'web', $6)`,
    [
      contactId,
      (facts += 1),
      await typeId(type),
      new Date(clock.now().getTime() - daysAgo * DAY_MS),
      workspace.id,
      JSON.stringify(params),
    ],
  );
}

const contactId = await world.contact({ workspaceId: workspace.id, email: 'ann@home.example' });
const messageId = await world.message({ workspaceId: workspace.id });
const { rows: sends } = await pool.query<{ id: number }>(
  `insert into sends (contact_id, id, workspace_id, message_id, message_version, channel, decision, reasons, created_at)
   values ($1, nextval('send_ids'), $2, $3, 1, 'email', 'sent', '[]', $4) returning id`,
  [contactId, workspace.id, messageId, clock.now()],
);
const send = String(sends[0]!.id);
await pool.query(
  `with made as (insert into categories (workspace_id, key, name, default_subscribed, created_at)
                 values ($1, 'offers', 'Offers', true, $2) returning id)
   insert into message_categories (message_id, category_id) select $3, id from made`,
  [workspace.id, clock.now(), messageId],
);

test('who left is counted by reason, channel, message and category, in the period', async () => {
  await pool.query(`update workspaces set settings = $2 where id = $1`, [
    workspace.id,
    JSON.stringify({ unsubscribe_reasons: ['Too many', 'Other'] }),
  ]);
  await pool.query(
    `insert into recipient_pages (workspace_id, reasons, updated_at) values ($1, $2, $3)`,
    [
      workspace.id,
      JSON.stringify({ 'Too many': { translations: {}, formerly: ['Too often'] } }),
      clock.now(),
    ],
  );
  const left = (details: string | undefined, more: object = {}) => ({
    channel: 'email',
    address: 'ann@home.example',
    ...(details !== undefined && { details }),
    ...more,
  });
  await fact('MessageUnsubscribed', left('Too many', { send }));
  await fact('MessageUnsubscribed', left('Too often', { send }));
  await fact('MessageUnsubscribed', left('Other', { channel: 'sms' }));
  await fact('MessageUnsubscribed', left(undefined));
  await fact('MessageUnsubscribed', left(undefined));
  await fact('MessageUnsubscribed', left('Too many', { send }), 40);
  await fact('SubscriptionChanged', { status: 'paused', channel: 'email' });
  await fact('SubscriptionChanged', { status: 'lifted', lifted: 'unsubscribed' });
  await fact('SubscriptionChanged', { subscribed: [], unsubscribed: ['offers', 'gone'] });
  await fact('SubscriptionChanged', { subscribed: ['offers'], unsubscribed: 'nonsense' });
  const { body, status } = await call('GET', '/reports/leaving');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    total: 5,
    paused: 1,
    reasons: [
      { reason: 'Too many', count: 2 },
      { reason: 'Other', count: 1 },
      { reason: null, count: 2 },
    ],
    channels: [
      { channel: 'email', count: 4 },
      { channel: 'sms', count: 1 },
    ],
    messages: [
      { message: null, name: null, count: 3 },
      {
        message: String(messageId),
        name: 'Welcome',
        count: 2,
        reasons: [{ reason: 'Too many', count: 2 }],
      },
    ],
    categories: [{ category: 'offers', name: 'Offers', unsubscribed: 2, left: 1, joined: 1 }],
  });
  const from = new Date(clock.now().getTime() - 60 * DAY_MS).toISOString();
  expect((await call('GET', `/reports/leaving?from=${from}`)).body.total).toBe(6);
});

test('nothing of it is seen from another workspace', async () => {
  const as = await addKey({ workspaceId: (await addWorkspace('other')).id });
  expect((await call('GET', '/reports/leaving', { as })).body).toMatchObject({
    total: 0,
    paused: 0,
    reasons: [],
    channels: [],
    messages: [],
    categories: [],
  });
});

test.each([
  'from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z',
  'from=2020-01-01T00:00:00Z',
  'from=x',
])('a period such as %s is refused', async (query) => {
  const { status } = await call('GET', `/reports/leaving?${query}`);
  expect([400, 422]).toContain(status);
});

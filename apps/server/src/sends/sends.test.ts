import { startScriptedSmtpServer } from '@perennial/channels/scripted-smtp-server';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { createEgress } from '../egress/index.ts';
import { testApp } from '../http/test-app.ts';
import { createSecretBox } from '../secret/index.ts';
import { initialiseInstallation } from '../slots/index.ts';
import { suppressionRoutes } from '../suppressions/index.ts';
import { decideSends } from './decide-sends.ts';
import { sendRoutes } from './index.ts';
import { readProvider } from './providers/open-provider.ts';
import { recordProviderState } from './providers/provider-queries.ts';
import { standingClock, testRenderPool, testSenders } from './senders/test-senders.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from './test-world.ts';

const renderPool = testRenderPool();
const egress = createEgress({ allow: [] });
afterAll(() => renderPool.close());
const { call, pool, box, workspace, addWorkspace, addKey } = await testApp({
  routes: ({ box, pool }) => [
    ...sendRoutes({ box, egress, pool, renderPool, slots: TEST_SLOTS, clock: () => NOW }),
    ...suppressionRoutes({ slots: TEST_SLOTS }),
  ],
});
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const world = createWorld(pool);
const workspaceId = workspace.id;
const messageId = await world.message({ workspaceId });
const content = { en: { subject: 'Hi {{ contact.first_name }}', html: '<p>{{ event.plan }}</p>' } };
const detailed = await world.message({ workspaceId, content });

let people = 0;
async function plan(
  parts: {
    messageId?: number;
    suppressed?: boolean;
    campaignId?: number;
    workflowId?: number;
  } = {},
) {
  const email = `p${(people += 1)}@home.example`;
  const contactId = await world.contact({ workspaceId, email, fields: { first_name: 'Ann' } });
  if (parts.suppressed)
    await world.suppress({ workspaceId, address: email, reason: 'unsubscribed' });
  const [decision] = await inTransaction(pool, (tx) =>
    decideSends(tx, {
      requests: [
        requestFor({
          workspaceId,
          contactId,
          messageId: parts.messageId ?? messageId,
          ...(parts.campaignId !== undefined && { campaignId: parts.campaignId }),
          ...(parts.workflowId !== undefined && { workflowId: parts.workflowId }),
        }),
      ],
      now: NOW,
    }),
  );
  return { contactId, email, sendId: decision!.sendId };
}

async function send(): Promise<void> {
  const senders = await testSenders({
    pool,
    renderPool,
    clock: standingClock(new Date('2026-03-02T11:00:00Z')),
  });
  await senders.drain();
  await senders.stop();
}

describe('sends', () => {
  test('tell why they were made or refused, with their deliveries', async () => {
    const made = await plan();
    const refused = await plan({ suppressed: true });
    const { body } = await call('GET', `/sends?message=${messageId}`);
    expect(body.items.slice(0, 2)).toMatchObject([
      {
        id: String(refused.sendId),
        decision: 'refused',
        status: null,
        reasons: [
          { gate: 'audience' },
          { gate: 'consent' },
          { gate: 'category' },
          { gate: 'suppression', passed: false },
        ],
        deliveries: [],
      },
      {
        id: String(made.sendId),
        contact: String(made.contactId),
        message_name: 'Welcome',
        decision: 'sent',
        status: 'queued',
        deliveries: [{ address: made.email, status: 'queued', send: String(made.sendId) }],
      },
    ]);
    const one = await call('GET', `/sends/${made.sendId}`);
    expect(one.body).toEqual(body.items[1]);
  });

  test('tell of a delivery that waits for a provider in trouble why it waits', async () => {
    const { sendId } = await plan();
    const settings = { host: 'mail.shop.example', port: 587, from: 'us@shop.example' };
    const made = await call('POST', '/providers', {
      body: { channel: 'email', kind: 'smtp', name: 'Our server', settings },
    });
    const providerId = Number(made.body.id);
    onTestFinished(() => call('DELETE', `/providers/${made.body.id}`).then(() => undefined));
    const deliveries = async () => (await call('GET', `/deliveries?send=${sendId}`)).body.items;
    expect(await deliveries()).toMatchObject([{ status: 'queued', reason: null }]);
    await recordProviderState(pool, {
      id: providerId,
      state: { condition: 'failing', problem: 'connect ECONNREFUSED' },
      now: NOW,
    });
    const reason = 'waits for Our server, which is in trouble';
    const [listed] = await deliveries();
    expect(listed).toMatchObject({ status: 'queued', reason });
    expect((await call('GET', `/deliveries/${listed.id}`)).body).toMatchObject({
      reason,
      provider_answer: 'connect ECONNREFUSED',
    });
    expect((await call('GET', `/sends/${sendId}`)).body.deliveries).toMatchObject([{ reason }]);
    await recordProviderState(pool, { id: providerId, state: { condition: 'fine' }, now: NOW });
    expect(await deliveries()).toMatchObject([{ reason: null }]);
  });

  test('are filtered and paged', async () => {
    const { contactId } = await plan({ suppressed: true });
    await plan();
    const of = async (query: string) => (await call('GET', `/sends?${query}`)).body.items.length;
    expect(await of(`contact=${contactId}`)).toBe(1);
    expect(await of(`contact=${contactId}&decision=sent`)).toBe(0);
    expect(await of(`contact=${contactId}&decision=sent&decision=refused`)).toBe(1);
    const first = await call('GET', '/sends?limit=1');
    const second = await call('GET', `/sends?limit=1&cursor=${first.body.next_cursor}`);
    expect(Number(second.body.items[0].id)).toBeLessThan(Number(first.body.items[0].id));
  });

  test('are narrowed down by what sent them, why and when, and counted alike', async () => {
    const own = await world.message({ workspaceId });
    const campaign = await plan({ messageId: own, campaignId: 71 });
    const workflow = await plan({ messageId: own, workflowId: 72 });
    const refused = await plan({ messageId: own, campaignId: 71, suppressed: true });
    const ids = async (query: string) => {
      const { body } = await call('GET', `/sends?message=${own}&${query}`);
      return body.items.map((item: { id: string }) => Number(item.id));
    };
    expect(await ids('campaign=71')).toEqual([refused.sendId, campaign.sendId]);
    expect(await ids('workflow=72')).toEqual([workflow.sendId]);
    expect(await ids('reason=unsubscribed')).toEqual([refused.sendId]);
    expect(await ids(`until=${NOW.toISOString()}`)).toEqual([]);
    expect(await ids(`from=${NOW.toISOString()}`)).toHaveLength(3);
    const deliveries = await call('GET', `/deliveries?campaign=71&message=${own}`);
    expect(deliveries.body.items).toMatchObject([{ send: String(campaign.sendId) }]);
    const counts = await call('GET', `/sends/counts?campaign=71&message=${own}`);
    expect(counts.body).toEqual({
      counted: 2,
      capped: false,
      sent: 1,
      held: 0,
      refused: 1,
      uncertain: 0,
      reasons: [{ decision: 'refused', reason: 'unsubscribed', n: 1 }],
    });
    const setUncertain = (at: Date | null) =>
      pool.query(`update deliveries set uncertain_at = $2 where send_id = $1`, [
        campaign.sendId,
        at,
      ]);
    await setUncertain(NOW);
    expect((await call('GET', '/sends/counts?campaign=71')).body.uncertain).toBe(1);
    await setUncertain(null);
    expect((await call('GET', '/sends/counts?from=yesterday')).status).toBe(400);
  });

  test('of another workspace are not found', async () => {
    const { sendId } = await plan();
    const other = await addKey({ workspaceId: (await addWorkspace('elsewhere')).id });
    expect((await call('GET', `/sends/${sendId}`, { as: other })).status).toBe(404);
    expect((await call('GET', '/sends', { as: other })).body.items).toEqual([]);
    expect((await call('GET', '/deliveries', { as: other })).body.items).toEqual([]);
  });
});

describe('a delivery', () => {
  test('shows the message as it was received, with its source', async () => {
    const { contactId } = await plan({ messageId: detailed });
    await send();
    const list = await call('GET', `/deliveries?contact=${contactId}`);
    expect(list.body.items).toMatchObject([
      { status: 'delivered', provider: 'sandbox', subject: 'Hi Ann', message: String(detailed) },
    ]);
    const { body } = await call('GET', `/deliveries/${list.body.items[0].id}`);
    expect(body).toMatchObject({
      content: { subject: 'Hi Ann' },
      content_source: 'received',
      raw: expect.stringMatching(/^From: main <no-reply@[\s\S]*Subject: Hi Ann/),
      decision: 'sent',
      provider_answer: 'Kept in the outbox.',
    });
  });

  test('that is not with the sandbox is rendered again, and says so', async () => {
    const { contactId } = await plan({ messageId: detailed });
    const { body: list } = await call('GET', `/deliveries?contact=${contactId}&status=queued`);
    const { body } = await call('GET', `/deliveries/${list.items[0].id}`);
    expect(body).toMatchObject({
      content: { subject: 'Hi Ann' },
      content_source: 'rendered_again',
      raw: null,
    });
    await send();
  });

  test('hides address and words from who may not read personal data', async () => {
    const { contactId } = await plan({ messageId: detailed });
    await send();
    const key = await addKey({ rights: ['contacts.read'] });
    const list = await call('GET', `/deliveries?contact=${contactId}`, { as: key });
    const { body } = await call('GET', `/deliveries/${list.body.items[0].id}`, { as: key });
    const sends = await call('GET', `/sends?contact=${contactId}`, { as: key });
    const one = await call('GET', `/sends/${sends.body.items[0].id}`, { as: key });
    expect(one.body.deliveries).toHaveLength(1);
    for (const shown of [list.body, body, sends.body, one.body]) {
      expect(JSON.stringify(shown)).not.toMatch(/home\.example|Ann/);
    }
    expect(body).toMatchObject({ content: null, raw: null });
  });

  test('is listed as uncertain for ever, whatever came of it', async () => {
    const { sendId } = await plan();
    await send();
    await pool.query(`update deliveries set uncertain_at = $2 where send_id = $1`, [sendId, NOW]);
    const { body } = await call('GET', '/deliveries?uncertain=true');
    expect(body.items).toMatchObject([{ send: String(sendId), status: 'delivered' }]);
  });
});

describe('a test', () => {
  const test_ = (body: object, id = detailed) => call('POST', `/messages/${id}/test`, { body });

  test('goes to the address that was typed, with a contact filled in, and makes no facts', async () => {
    const { contactId } = await plan();
    const contact = String(contactId);
    const { status, body } = await test_({
      to: 'Me@Shop.example',
      contact,
      event: { plan: 'pro' },
    });
    expect(status).toBe(202);
    await send();
    const { body: delivery } = await call('GET', `/deliveries/${body.delivery}`);
    expect(delivery).toMatchObject({
      test: true,
      address: 'me@shop.example',
      contact,
      status: 'delivered',
      content: { subject: 'Hi Ann', html: expect.stringContaining('<p>pro</p>') },
    });
  });

  test('to nobody in particular is settled at once, without a slot', async () => {
    const { body } = await test_({ to: 'me@shop.example' });
    await send();
    expect((await call('GET', `/sends/${body.send}`)).body).toMatchObject({
      contact: null,
      status: 'delivered',
      deliveries: [{ status: 'delivered', contact: null }],
    });
  });

  test.each([
    [{ to: 'not an address' }, 422],
    [{ to: 'me@shop.example', contact: '999999999' }, 404],
    [{}, 400],
  ])('%j is refused', async (body, status) => {
    expect((await test_(body)).status).toBe(status);
  });

  test('to a dead address is refused, to one that unsubscribed it is not', async () => {
    await world.suppress({ workspaceId, address: 'dead@shop.example', reason: 'bounced' });
    await world.suppress({ workspaceId, address: 'no@shop.example', reason: 'unsubscribed' });
    expect((await test_({ to: 'dead@shop.example' })).status).toBe(422);
    expect((await test_({ to: 'no@shop.example' })).status).toBe(202);
    await send();
  });
});

describe('providers', () => {
  const settings = {
    host: 'mail.shop.example',
    from: 'hi@shop.example',
    user: 'joe',
    password: 'hunter2',
  };
  const create = (body: object = {}) =>
    call('POST', '/providers', {
      body: { channel: 'email', kind: 'smtp', settings, enabled: false, ...body },
    });

  test('keep their secrets: never shown, never in the audit, sealed in the database', async () => {
    const made = await create();
    expect(made).toMatchObject({
      status: 201,
      body: {
        kind: 'smtp',
        name: 'SMTP server',
        settings: { host: 'mail.shop.example', port: 587, security: 'starttls' },
        secrets_set: ['password'],
      },
    });
    const listed = await call('GET', '/providers');
    const { rows } = await pool.query(
      `select p.*, a.after from providers p join audit a on a.object_id = p.id::text`,
    );
    expect(JSON.stringify([made.body, listed.body, rows])).not.toContain('hunter2');
  });

  test('keep a secret that is left out, and drop one that is null', async () => {
    const { body } = await create();
    const { password: _password, ...open } = settings;
    const change = (settings: object) =>
      call('PATCH', `/providers/${body.id}`, { body: { settings } });
    expect((await change({ ...open, port: 25 })).body).toMatchObject({
      settings: { port: 25 },
      secrets_set: ['password'],
    });
    expect((await change({ ...open, password: null })).body.secrets_set).toEqual([]);
  });

  const { privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  test.each([
    [{ kind: 'pigeon' }, '/kind'],
    [{ channel: 'sms' }, '/kind'],
    [{ settings: { ...settings, host: '' } }, '/settings/host'],
    [{ settings: { ...settings, colour: 'red' } }, '/settings/colour'],
    [{ settings: { ...settings, dkim_domain: 'shop.example' } }, '/settings/dkim_selector'],
    [{ settings: { ...settings, dkim_private_key: 'no key' } }, '/settings/dkim_private_key'],
    [{ settings: { ...settings, dkim_private_key: privateKey } }, '/settings/dkim_private_key'],
  ])('%.60j are refused', async (body, path) => {
    const answer = await create(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path }));
  });

  test('are verified against their server', async () => {
    const server = await startScriptedSmtpServer();
    onTestFinished(() => server.close());
    const local = { host: '127.0.0.1', port: server.port, security: 'none', from: 'a@b.example' };
    const { body } = await create({ settings: local });
    const verify = () => call('POST', `/providers/${body.id}/verify`);
    expect((await verify()).body).toEqual({ ok: true, problem: null, note: null });
    server.departAt('greeting', '554 go away');
    expect((await verify()).body).toEqual({
      ok: false,
      problem: expect.stringContaining('go away'),
      note: null,
    });
    expect((await call('GET', `/providers/${body.id}`)).body).toMatchObject({
      verified_at: expect.any(String),
      problem: expect.stringContaining('go away'),
    });
    expect(server.accepted).toEqual([]);
  });

  test('sealed with another secret are told to be so', async () => {
    const { body } = await create();
    const { rows } = await pool.query(
      `select kind, settings, secrets from providers where id = $1`,
      [body.id],
    );
    const row = rows[0] as Parameters<typeof readProvider>[0];
    const around = { http: egress, clock: () => NOW };
    expect(readProvider(row, { box, ...around })).toMatchObject({ kind: 'outside' });
    expect(
      readProvider(row, { box: createSecretBox('another secret altogether'), ...around }),
    ).toMatchObject({
      kind: 'broken',
      problem: expect.stringContaining('PERENNIAL_SECRET'),
    });
  });

  test('are removed, and the audit says by whom', async () => {
    const { body } = await create();
    expect((await call('DELETE', `/providers/${body.id}`)).status).toBe(204);
    expect((await call('GET', `/providers/${body.id}`)).status).toBe(404);
    const { rows } = await pool.query(
      `select action from audit where object_kind = 'provider' and object_id = $1 order by id`,
      [body.id],
    );
    expect(rows.map((row) => row['action'])).toEqual(['provider.create', 'provider.delete']);
  });
});

describe('suppressions', () => {
  const add = (address: string, parts: object = {}) =>
    call('POST', '/suppressions', { body: { channel: 'email', address, ...parts } });

  test('are added in the form that contacts have, and hold at the next decision', async () => {
    const { contactId, email } = await plan();
    const made = await add(email.toUpperCase(), { details: 'asked by phone' });
    expect(made).toMatchObject({
      status: 201,
      body: { address: email, reason: 'blacklisted', source: 'manual', details: 'asked by phone' },
    });
    const [decision] = await inTransaction(pool, (tx) =>
      decideSends(tx, { requests: [requestFor({ workspaceId, contactId, messageId })], now: NOW }),
    );
    expect(decision).toMatchObject({ decision: 'refused', reason: 'blacklisted' });
  });

  test('are paged to the last, though many came at once', async () => {
    for (let i = 0; i < 7; i += 1) await add(`many${i}@shop.example`, { reason: 'complained' });
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await call('GET', `/suppressions?reason=complained&limit=2${cursor}`);
      seen.push(...body.items.map(({ address }: { address: string }) => address));
      cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : '';
    } while (cursor);
    expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, i) => `many${i}@shop.example`));
  });

  test.each([[{ channel: 'email', address: 'no address' }], [{ channel: 'pigeon', address: 'x' }]])(
    '%j is refused',
    async (body) => {
      expect((await call('POST', '/suppressions', { body })).status).toBe(422);
    },
  );

  test('cannot be searched by who may not see addresses', async () => {
    await add('hidden@shop.example');
    const key = await addKey({ rights: ['contacts.read'] });
    const { body } = await call('GET', '/suppressions?address=hidden@shop.example', { as: key });
    expect(body.items).toEqual([]);
    const all = await call('GET', '/suppressions', { as: key });
    expect(JSON.stringify(all.body)).not.toContain('shop.example');
  });
});

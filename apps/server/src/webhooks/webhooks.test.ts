/** What other systems are told, in which order, and what happens when they do not listen. */
import { createHmac } from 'node:crypto';
import type { WebhookKind } from '@perennial/contracts';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createEgress } from '../egress/index.ts';
import { testApp } from '../http/test-app.ts';
import {
  createInbox,
  LANES,
  type Identifier,
  type InboxItem,
  type JsonObject,
} from '../inbox/index.ts';
import { webhookFormats } from '../main/webhook-formats.ts';
import { mergeRoutes } from '../pipeline/index.ts';
import { testPipeline } from '../pipeline/test-pipeline.ts';
import { requestErasure } from '../pipeline/erase/request-erasure.ts';
import type { SecretBox } from '../secret/index.ts';
import { GIVE_UP_MS } from './deliver-turn.ts';
import { deliverDue, driveWebhooks } from './drive-webhooks.ts';
import { webhookRoutes } from './routes.ts';
import { testReceiver } from './test-receiver.ts';
import { trimWebhooks } from './trim-webhooks.ts';

const egress = createEgress({ allow: ['127.0.0.1'] });
afterAll(() => egress.close());
let box!: SecretBox;

const app = await testApp({
  routes: (made) => {
    box = made.box;
    const parts = { results: { wait: (ticket: string) => pipeline.results.wait(ticket) } };
    return [
      ...webhookRoutes({ box: made.box, egress, formats: webhookFormats }),
      ...mergeRoutes({ ...parts, clock: () => app.clock.now() }),
    ];
  },
});
const { pool, clock, call: callApp, addWorkspace, addKey } = app;
const pipeline = await testPipeline(pool, { clock: clock.now });

let workspaces = 0;

async function newWorkspace() {
  workspaces += 1;
  const { id } = await addWorkspace(`own-${workspaces}`);
  return { id, key: await addKey({ workspaceId: id }) };
}

let workspace: Awaited<ReturnType<typeof newWorkspace>>;
beforeEach(async () => {
  workspace = await newWorkspace();
});

async function call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) {
  return callApp(method, url, { as: workspace.key, ...(body && { body }) });
}

interface Shown {
  id: string;
  state: string;
  waiting: number;
  problem: string | null;
  dropped: number;
  next_at: string | null;
}

async function webhook(
  url: string,
  kinds: WebhookKind[] = ['event.received'],
  more: object = {},
): Promise<{ id: string; secret: string }> {
  const { status, body } = await call('POST', '/webhooks', { name: 'Hook', url, kinds, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return { id: body.webhook.id, secret: body.secret };
}

async function shown(id: string): Promise<Shown> {
  return (await call('GET', `/webhooks/${id}`)).body;
}

async function append(items: InboxItem[]): Promise<void> {
  const inbox = createInbox({ pool, clock: clock.now });
  await inbox.append({ workspaceId: workspace.id, lane: LANES.stream, items });
  await inbox.close();
  await pipeline.drain();
  clock.advance(1000);
}

function did(who: string, event: string, params: JsonObject = {}, more: object = {}): InboxItem {
  return {
    kind: 'event',
    ids: [['external_id', who]],
    at: clock.now().getTime(),
    source: 'sdk',
    event,
    params,
    ownTime: true,
    createContact: true,
    ...more,
  };
}

function identify(ids: Identifier[], fields: JsonObject = {}): InboxItem {
  return { kind: 'identify', ids, at: clock.now().getTime(), source: 'identify', fields };
}

/** Turn by turn, as long as anything is due. */
async function deliver(processId = 1): Promise<void> {
  const parts = { pool, http: egress, box, formats: webhookFormats, processId, clock: clock.now };
  while (await deliverDue(parts));
}

const told = (receiver: Awaited<ReturnType<typeof testReceiver>>): string[] =>
  receiver.received.map(({ body }) => {
    const { data } = JSON.parse(body);
    return `${data.contact?.external_id} ${data.event.event}`;
  });

describe('a webhook', () => {
  test('is told of what it asked for, signed, and of nothing else', async () => {
    const receiver = await testReceiver();
    const { secret } = await webhook(receiver.url, ['event.received', 'contact.created']);
    await append([
      identify([['external_id', 'ada']], { first_name: 'Ada' }),
      did('ada', 'Trained', { minutes: 30 }, { key: 'run-7' }),
    ]);
    await deliver();
    expect(told(receiver)).toEqual(['ada ContactCreated', 'ada Trained']);
    const [, { headers, body }] = receiver.received as [unknown, (typeof receiver.received)[0]];
    const payload = new Webhook(secret).verify(body, {
      ...headers,
      // The library looks at the clock of the machine.
      ...resign(secret, headers['webhook-id']!, body),
    });
    expect(payload).toMatchObject({
      type: 'event.received',
      data: {
        event: { event: 'Trained', key: 'run-7', params: { minutes: 30 } },
        contact: { external_id: 'ada' },
      },
    });
    // The signature itself, by the words of the specification.
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(Number(headers['webhook-timestamp'])).toBe(Math.floor(clock.now().getTime() / 1000));
  });

  test('is not told what happened before it was there, in the past, or elsewhere', async () => {
    const receiver = await testReceiver();
    await append([did('ada', 'Before')]);
    await webhook(receiver.url);
    await append([did('ada', 'Long ago', {}, { flags: 1 })]);
    const own = workspace;
    workspace = await newWorkspace();
    await append([did('eve', 'Elsewhere')]);
    workspace = own;
    await append([did('ada', 'Now')]);
    await deliver();
    expect(told(receiver)).toEqual(['ada Now']);
  });

  test('hears of the event types that it named alone', async () => {
    const receiver = await testReceiver();
    await webhook(receiver.url, ['event.received'], { filters: { event_types: ['Bought'] } });
    await append([did('ada', 'Looked'), did('ada', 'Bought')]);
    await deliver();
    expect(told(receiver)).toEqual(['ada Bought']);
  });

  test('shows its secret once, and signs with two for a day after a rotation', async () => {
    const receiver = await testReceiver();
    const { id, secret } = await webhook(receiver.url);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(JSON.stringify((await call('GET', '/webhooks')).body)).not.toContain('whsec_');
    const rotated = await call('POST', `/webhooks/${id}/rotate`);
    expect(rotated.body.secret).not.toBe(secret);
    await append([did('ada', 'One')]);
    await deliver();
    clock.advance(86_400_000);
    await append([did('ada', 'Two')]);
    await deliver();
    const counts = receiver.received.map(
      ({ headers }) => headers['webhook-signature']!.split(' ').length,
    );
    expect(counts).toEqual([2, 1]);
    const { rows } = await pool.query(`select secrets from webhooks where id = $1`, [id]);
    expect(rows[0].secrets).not.toContain('whsec_');
    const audit = await pool.query(`select * from audit where object_kind = 'webhook'`);
    expect(JSON.stringify(audit.rows)).not.toContain('whsec_');
  });
});

/** The same by a clock that the verifying library knows. */
function resign(secret: string, id: string, body: string) {
  const at = new Date();
  return {
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

describe('when nobody listens', () => {
  test('what failed is told again later, first, and under the same ID', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    receiver.behave(() => 500);
    await append([did('ada', 'One'), did('ada', 'Two')]);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await shown(id)).toMatchObject({ waiting: 2, problem: 'The answer was 500.' });
    receiver.behave(() => 204);
    await deliver();
    expect(receiver.received, 'before its time').toHaveLength(1);
    clock.advance(5_000);
    await deliver();
    expect(told(receiver)).toEqual(['ada One', 'ada One', 'ada Two']);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids[0]).toBe(ids[1]);
    expect(await shown(id)).toMatchObject({ waiting: 0, problem: null, next_at: null });
  });

  test('a line that drops after the request has it told again', async () => {
    const receiver = await testReceiver();
    await webhook(receiver.url);
    receiver.behave(() => 'drop');
    await append([did('ada', 'One')]);
    await deliver();
    receiver.behave(() => 200);
    clock.advance(5_000);
    await deliver();
    expect(told(receiver)).toEqual(['ada One', 'ada One']);
  });

  test('no redirect is followed, and no closed address is asked', async () => {
    const receiver = await testReceiver();
    const other = await testReceiver();
    receiver.behave(() => ({ redirect: other.url }));
    const { id } = await webhook(receiver.url);
    const inside = await webhook('https://169.254.169.254/latest');
    await append([did('ada', 'One')]);
    await deliver();
    expect(other.received).toEqual([]);
    expect(await shown(id)).toMatchObject({ problem: 'The answer was 302.' });
    expect((await shown(inside.id)).problem).toMatch(/169\.254\.169\.254/);
  });

  test('one contact that is refused stops nobody of another webhook', async () => {
    const slow = await testReceiver();
    const quick = await testReceiver();
    slow.behave(() => 503);
    await webhook(slow.url);
    await webhook(quick.url);
    await append([did('ada', 'One'), did('bob', 'One')]);
    await deliver();
    expect(told(quick).toSorted()).toEqual(['ada One', 'bob One']);
  });

  test('after days it is paused, its owner is told, and what happened meanwhile is kept', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    receiver.behave(() => 500);
    await append([did('ada', 'One')]);
    await deliver();
    clock.advance(GIVE_UP_MS);
    await deliver();
    expect(await shown(id)).toMatchObject({ state: 'failing', waiting: 1 });
    const { rows } = await pool.query(
      `select 1 from audit where action = 'webhook.give_up' and object_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
    receiver.behave(() => 200);
    await append([did('ada', 'Two')]);
    await deliver();
    expect(receiver.received).toHaveLength(2);
    await call('POST', `/webhooks/${id}/resume`);
    await deliver();
    expect(told(receiver).slice(2)).toEqual(['ada One', 'ada Two']);
  });

  test('410 says that nobody will ever listen', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    receiver.behave(() => 410);
    await append([did('ada', 'One')]);
    await deliver();
    expect(await shown(id)).toMatchObject({ state: 'failing' });
  });

  test('what waits longer than a week is given up and counted', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    await call('POST', `/webhooks/${id}/pause`);
    await append([did('ada', 'Old')]);
    clock.advance(8 * 86_400_000);
    await append([did('ada', 'New')]);
    await trimWebhooks(pool, { now: clock.now() });
    expect(await shown(id)).toMatchObject({ state: 'paused', waiting: 1, dropped: 1 });
    await call('POST', `/webhooks/${id}/resume`);
    await deliver();
    expect(told(receiver)).toEqual(['ada New']);
  });
});

describe('order', () => {
  test('of each contact is kept, whoever answers late', async () => {
    const receiver = await testReceiver();
    await webhook(receiver.url);
    receiver.behave(({ body }) => (JSON.parse(body).data.event.event === 'E0' ? 'hold' : 200));
    const who = ['ada', 'bob', 'cyd'];
    await append(who.flatMap((name) => [0, 1, 2].map((n) => did(name, `E${n}`))));
    const delivering = deliver();
    await receiver.arrived(3);
    expect(told(receiver).toSorted()).toEqual(['ada E0', 'bob E0', 'cyd E0']);
    receiver.letGo();
    await delivering;
    for (const name of who)
      expect(told(receiver).filter((line) => line.startsWith(name))).toEqual(
        [0, 1, 2].map((n) => `${name} E${n}`),
      );
  });

  test('two processes never tell at the same time', async () => {
    const receiver = await testReceiver();
    await webhook(receiver.url);
    receiver.behave(() => 'hold');
    await append([did('ada', 'One')]);
    const first = deliver(1);
    await receiver.arrived(1);
    await deliver(2);
    expect(receiver.received).toHaveLength(1);
    receiver.letGo();
    await first;
  });

  test('who dies between telling and noting tells again, and loses nothing', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    await append([did('ada', 'One'), did('ada', 'Two')]);
    // It has leased, told the first, and is gone.
    await pool.query(`update webhooks set leased_by = 99, leased_until = $2 where id = $1`, [
      id,
      new Date(clock.now().getTime() + 120_000),
    ]);
    await deliver();
    expect(receiver.received).toEqual([]);
    clock.advance(121_000);
    await deliver();
    expect(told(receiver)).toEqual(['ada One', 'ada Two']);
  });
});

test('who is killed after a request tells it again, under the same ID', async () => {
  const receiver = await testReceiver();
  await webhook(receiver.url);
  await append([did('ada', 'One'), did('ada', 'Two')]);
  const dying = {
    async send(request: Parameters<typeof egress.send>[0]) {
      await egress.send(request);
      throw new Error('killed');
    },
  };
  const parts = { pool, http: dying, box, formats: webhookFormats, processId: 1, clock: clock.now };
  await expect(deliverDue(parts)).rejects.toThrow('killed');
  expect(told(receiver)).toEqual(['ada One']);
  clock.advance(121_000);
  await deliver();
  expect(told(receiver)).toEqual(['ada One', 'ada One', 'ada Two']);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids[0]).toBe(ids[1]);
});

test('the program tells by itself, and a slow receiver keeps nobody waiting', async () => {
  const slow = await testReceiver();
  const quick = await testReceiver();
  slow.behave(() => 'hold');
  await webhook(slow.url);
  await webhook(quick.url);
  const line = driveWebhooks({
    pool,
    http: egress,
    box,
    formats: webhookFormats,
    processId: 1,
    clock: clock.now,
    onError: (cause) => {
      throw cause;
    },
  });
  await append([did('ada', 'One')]);
  line.ring();
  await slow.arrived(1);
  await quick.arrived(1);
  await append([did('ada', 'Two')]);
  line.ring();
  await quick.arrived(2);
  expect(slow.received).toHaveLength(1);
  slow.behave(() => 200);
  slow.letGo();
  await slow.arrived(2);
  await line.stop();
  expect(told(slow)).toEqual(['ada One', 'ada Two']);
});

test('one that is deleted while it is told leaves nothing behind', async () => {
  const receiver = await testReceiver();
  const { id } = await webhook(receiver.url);
  receiver.behave(() => 'hold');
  await append([did('ada', 'One'), did('ada', 'Two')]);
  const delivering = deliver();
  await receiver.arrived(1);
  expect((await call('DELETE', `/webhooks/${id}`)).status).toBe(204);
  receiver.behave(() => 200);
  receiver.letGo();
  await delivering;
  const { rows } = await pool.query(`select from webhook_outbox where webhook_id = $1`, [id]);
  expect(rows).toEqual([]);
});

describe('people', () => {
  test('who were erased are told of no more', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    await append([did('ada', 'One'), did('bob', 'One')]);
    const { rows } = await pool.query<{ id: number }>(
      `select id from contacts where workspace_id = $1 and external_id = 'ada'`,
      [workspace.id],
    );
    const by = {
      workspaceId: workspace.id,
      actor: { kind: 'system' as const, id: null, name: 'test' },
      at: clock.now(),
    };
    await requestErasure(pool, {
      workspaceId: workspace.id,
      contactId: rows[0]!.id,
      by,
      clock: clock.now,
    });
    await pipeline.drain();
    expect(await shown(id)).toMatchObject({ waiting: 1 });
    await deliver();
    expect(told(receiver)).toEqual(['bob One']);
  });

  test('who became one are told of as the one they are', async () => {
    const receiver = await testReceiver();
    await webhook(receiver.url);
    await append([did('ada', 'One'), did('bob', 'Two')]);
    const { rows } = await pool.query<{ id: number }>(
      `select id from contacts where workspace_id = $1 order by external_id`,
      [workspace.id],
    );
    const merged = await call('POST', `/contacts/${rows[0]!.id}/merge`, {
      other: String(rows[1]!.id),
    });
    expect(merged.status, JSON.stringify(merged.body)).toBeLessThan(300);
    await deliver();
    expect(told(receiver)).toEqual(['ada One', 'ada Two']);
  });
});

describe('the log', () => {
  test('has each request with its answer; what it told can be told again', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    receiver.behave(() => 500);
    await append([did('ada', 'One', { secret: 'x' })]);
    await deliver();
    receiver.behave(() => 200);
    clock.advance(5_000);
    await deliver();
    const { body } = await call('GET', `/webhooks/${id}/attempts`);
    expect(body.items).toMatchObject([
      { outcome: 'delivered', status: 200, answer: 'thanks', try: 2, kind: 'event.received' },
      { outcome: 'failed', status: 500, answer: 'not now', try: 1, facts: 1 },
    ]);
    const only = await call('GET', `/webhooks/${id}/attempts?failed=true`);
    expect(only.body.items).toHaveLength(1);
    const attempt = body.items[0].id;
    const details = await call('GET', `/webhooks/${id}/attempts/${attempt}`);
    expect(details.body.request.body).toBe(receiver.received[1]!.body);
    expect(details.body.request.headers).not.toHaveProperty('webhook-signature');
    await call('POST', `/webhooks/${id}/attempts/${attempt}/redeliver`);
    await deliver();
    expect(receiver.received[2]!.body).toBe(receiver.received[1]!.body);
    expect(receiver.received[2]!.headers['webhook-id']).toBe(
      receiver.received[1]!.headers['webhook-id'],
    );
    const { hours } = (await call('GET', `/webhooks/${id}`)).body;
    expect(hours).toMatchObject([{ delivered: 2, failed: 1 }]);
  });

  test('a fact that is refused for ever is skipped by somebody, with a reason, and the others follow', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    receiver.behave(({ body }) => (body.includes('Poison') ? 422 : 200));
    await append([did('ada', 'Poison'), did('ada', 'Next')]);
    await deliver();
    expect(told(receiver)).toEqual(['ada Poison']);
    const [failed] = (await call('GET', `/webhooks/${id}/attempts`)).body.items;
    expect(failed.skipped).toBeNull();
    const path = `/webhooks/${id}/attempts/${failed.id}/skip`;
    expect((await call('POST', path, {})).status).toBe(400);
    const skipped = await call('POST', path, { reason: 'No such order' });
    expect(skipped.body).toMatchObject({
      state: 'active',
      problem: null,
      next_at: null,
      waiting: 1,
    });
    await deliver();
    expect(told(receiver)).toEqual(['ada Poison', 'ada Next']);
    const { body } = await call('GET', `/webhooks/${id}/attempts?failed=true`);
    expect(body.items).toMatchObject([{ skipped: { reason: 'No such order', facts: 1 } }]);
    const audit = await pool.query(
      `select actor_name, after from audit where action = 'webhook.skip' and object_id = $1`,
      [id],
    );
    expect(audit.rows).toMatchObject([{ after: { facts: 1, reason: 'No such order' } }]);
    expect(audit.rows[0].actor_name).toBe(body.items[0].skipped.by);
    // It is gone, unless somebody tells it again.
    expect((await call('POST', path, { reason: 'Again' })).status).toBe(409);
    receiver.behave(() => 200);
    await call('POST', `/webhooks/${id}/attempts/${failed.id}/redeliver`);
    await deliver();
    expect(told(receiver)).toEqual(['ada Poison', 'ada Next', 'ada Poison']);
  });

  test('what was taken, and a test, cannot be skipped', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    await append([did('ada', 'Taken')]);
    await deliver();
    await call('POST', `/webhooks/${id}/test`);
    const { body } = await call('GET', `/webhooks/${id}/attempts`);
    for (const attempt of body.items) {
      const path = `/webhooks/${id}/attempts/${attempt.id}/skip`;
      expect((await call('POST', path, { reason: 'x' })).status).toBe(409);
    }
  });

  test('a test is made at once and tells nothing', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url);
    const { body } = await call('POST', `/webhooks/${id}/test`);
    expect(body).toMatchObject({ outcome: 'delivered', status: 200, test: true, kind: null });
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ type: 'test', data: {} });
    const again = await call('POST', `/webhooks/${id}/attempts/${body.id}/redeliver`);
    expect(again.status).toBe(409);
  });
});

describe('lists of activities', () => {
  const kinds: WebhookKind[] = ['message.delivered', 'message.clicked', 'subscription.changed'];

  test('come in one order, with a login, and hold up what follows', async () => {
    const receiver = await testReceiver();
    const { id, secret } = await webhook(receiver.url, kinds, {
      format: 'reteno',
      basic_auth: { login: 'us', password: 'secret' },
    });
    expect(secret).toBeNull();
    const about = { channel: 'sms', send: '1', delivery: '1', message: '1' };
    receiver.behave(() => 500);
    await append([
      did('ada', 'MessageDelivered', about),
      did('bob', 'MessageClicked', { ...about, url: 'https://example.com' }),
    ]);
    await deliver();
    clock.advance(57_000);
    await append([did('cyd', 'MessageDelivered', about)]);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    receiver.behave(() => 200);
    clock.advance(2_000);
    await deliver();
    const lists = receiver.received.map(({ body }) => JSON.parse(body) as object[]);
    expect(lists.at(-1)).toMatchObject([
      { activityStatus: 'DELIVERED', externalCustomerId: 'ada', mediaType: 'sms' },
      {
        activityStatus: 'CLICKED',
        externalCustomerId: 'bob',
        clickEventLink: 'https://example.com',
      },
      { activityStatus: 'DELIVERED', externalCustomerId: 'cyd' },
    ]);
    const basic = Buffer.from('us:secret').toString('base64');
    expect(receiver.received[0]!.headers['authorization']).toBe(`Basic ${basic}`);
    expect(JSON.stringify((await call('GET', `/webhooks/${id}`)).body)).not.toContain('secret"');
  });

  test('tell of messages and subscriptions alone', async () => {
    const body = { name: 'Hook', url: 'https://example.com', format: 'reteno' };
    const answer = await call('POST', '/webhooks', { ...body, kinds: [...kinds, 'segment.left'] });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ path: '/kinds/3' }]);
    const { id } = await webhook(body.url, kinds, { format: 'reteno' });
    const change = await call('PATCH', `/webhooks/${id}`, { kinds: ['event.received'] });
    expect(change.status).toBe(422);
  });

  test('an address is tried with a GET', async () => {
    const receiver = await testReceiver();
    const { id } = await webhook(receiver.url, kinds, { format: 'reteno' });
    await call('POST', `/webhooks/${id}/test`);
    expect(receiver.received).toMatchObject([{ method: 'GET', body: '' }]);
  });
});

test.each([
  [{ url: 'ftp://example.com' }, 'url'],
  [{ url: 'https://us:pw@example.com' }, 'url'],
  [{ url: 'example.com' }, 'url'],
  [{ kinds: [] }, 'kinds'],
  [{ kinds: ['everything'] }, 'kinds'],
  [{ format: 'xml' }, 'format'],
])('%j is refused with its place', async (wrong, place) => {
  const body = { name: 'Hook', url: 'https://example.com', kinds: ['event.received'], ...wrong };
  const answer = await call('POST', '/webhooks', body);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body.errors)).toContain(`/${place}`);
});

test('nothing personal goes out in clear, but to hosts that were opened', async () => {
  const body = { name: 'Hook', url: 'http://example.com', kinds: ['event.received'] };
  const answer = await call('POST', '/webhooks', body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toMatchObject([{ path: '/url' }]);
  const { id } = await webhook('https://example.com');
  expect((await call('PATCH', `/webhooks/${id}`, { url: body.url })).status).toBe(422);
});

test('a webhook of another workspace is not there', async () => {
  const { id } = await webhook('https://example.com');
  workspace = await newWorkspace();
  for (const [method, path] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['POST', '/rotate'],
    ['POST', '/test'],
    ['GET', '/attempts'],
    ['GET', '/attempts/1'],
    ['POST', '/attempts/1/redeliver'],
    ['POST', '/attempts/1/skip'],
  ] as const) {
    const answer = await call(
      method,
      `/webhooks/${id}${path}`,
      method === 'PATCH' ? {} : path.endsWith('/skip') ? { reason: 'x' } : undefined,
    );
    expect(answer.status, path).toBe(404);
  }
});

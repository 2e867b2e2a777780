/** What an alarm tells the webhook that it has for itself. */
import { Webhook } from 'standardwebhooks';
import { afterAll, expect, test } from 'vitest';
import { alarmRoutes } from '../alarms/index.ts';
import { createEgress } from '../egress/index.ts';
import { testApp } from '../http/test-app.ts';
import { createInbox, LANES, type EventItem } from '../inbox/index.ts';
import { webhookFormats } from '../main/webhook-formats.ts';
import { testPipeline } from '../pipeline/test-pipeline.ts';
import type { SecretBox } from '../secret/index.ts';
import { deliverDue } from './drive-webhooks.ts';
import { webhookRoutes } from './routes.ts';
import { testReceiver } from './test-receiver.ts';

const egress = createEgress({ allow: ['127.0.0.1'] });
afterAll(() => egress.close());
let box!: SecretBox;
const app = await testApp({
  routes: (made) => {
    box = made.box;
    return [...alarmRoutes, ...webhookRoutes({ box, egress, formats: webhookFormats })];
  },
});
const { pool, clock } = app;
const pipeline = await testPipeline(pool, { clock: clock.now });
const workspaceId = (await app.addWorkspace('alarmed')).id;
const key = await app.addKey({ workspaceId });

const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object) =>
  app.call(method, url, { as: key, ...(body && { body }) });

async function newAlarm(name: string): Promise<string> {
  const { status, body } = await call('POST', '/alarms', {
    name,
    rule: {
      series: { kind: 'starts' },
      period: 'hour',
      direction: 'above',
      threshold: { kind: 'number', value: 5 },
    },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

/** As the program tells of an alarm: an event of nobody. */
async function happened(alarm: string, event: string, more: Partial<EventItem> = {}) {
  const inbox = createInbox({ pool, clock: clock.now });
  const item: EventItem = {
    kind: 'event',
    ids: [],
    event,
    params: { alarm, value: 9 },
    key: alarm,
    at: clock.now().getTime(),
    source: 'system',
    ownTime: true,
    createContact: false,
    ...more,
  };
  await inbox.append({ workspaceId, lane: LANES.stream, items: [item] });
  await inbox.close();
  await pipeline.drain();
  clock.advance(1_000);
}

async function deliver(): Promise<void> {
  const parts = { pool, http: egress, box, formats: webhookFormats, processId: 1 };
  while (await deliverDue({ ...parts, clock: clock.now }));
}

const eventsOf = ({ received }: Awaited<ReturnType<typeof testReceiver>>) =>
  received.map(({ body }) => {
    const { data } = JSON.parse(body);
    return `${data.event.event} ${data.event.params.alarm}`;
  });

test('an alarm calls its webhook when it is raised and when it ends, signed, and of itself alone', async () => {
  const receiver = await testReceiver();
  const [orders, starts] = [await newAlarm('Orders'), await newAlarm('Starts')];
  const put = await call('PUT', `/alarms/${orders}/webhook`, { url: receiver.url });
  expect(put.body).toMatchObject({
    secret: expect.stringMatching(/^whsec_/),
    webhook: { name: 'Orders', alarm: orders, state: 'active', format: 'standard' },
  });
  await happened(orders, 'AlarmRaised');
  await happened(starts, 'AlarmRaised');
  await happened(orders, 'Trained');
  await happened(orders, 'AlarmEnded');
  await deliver();
  expect(eventsOf(receiver)).toEqual([`AlarmRaised ${orders}`, `AlarmEnded ${orders}`]);
  const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  expect(headers['webhook-signature']).toBe(
    new Webhook(put.body.secret).sign(headers['webhook-id']!, at, body),
  );
});

test('another address keeps the secret, and the webhook goes with its alarm', async () => {
  const [first, second] = [await testReceiver(), await testReceiver()];
  const alarm = await newAlarm('Failures');
  await call('PUT', `/alarms/${alarm}/webhook`, { url: first.url });
  const again = await call('PUT', `/alarms/${alarm}/webhook`, {
    url: second.url,
    basic_auth: { login: 'pager', password: 'secret' },
  });
  expect(again.body).toMatchObject({ secret: null, webhook: { login: 'pager' } });
  await happened(alarm, 'AlarmRaised');
  await deliver();
  expect([first, second].map(({ received }) => received.length)).toEqual([0, 1]);
  const { id } = again.body.webhook;
  expect((await call('PATCH', `/webhooks/${id}`, { kinds: ['contact.created'] })).status).toBe(409);
  expect((await call('DELETE', `/alarms/${alarm}`)).status).toBe(204);
  expect((await call('GET', `/webhooks/${id}`)).status).toBe(404);
});

test('a request that is not taken is tried again, and told by what the alarm shows', async () => {
  const receiver = await testReceiver();
  receiver.behave(() => 503);
  const alarm = await newAlarm('Sends');
  await call('PUT', `/alarms/${alarm}/webhook`, { url: receiver.url });
  await happened(alarm, 'AlarmRaised');
  await deliver();
  const shown = (await call('GET', `/alarms/${alarm}/webhook`)).body.webhook;
  expect(shown).toMatchObject({ waiting: 1, problem: 'The answer was 503.' });
  receiver.behave(() => 204);
  clock.advance(5_000);
  await deliver();
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toEqual([ids[0], ids[0]]);
  expect((await call('GET', `/alarms/${alarm}/webhook`)).body.webhook.waiting).toBe(0);
});

test.each([
  [{ url: 'http://example.com/pager' }, 422],
  [{ url: 'pager' }, 400],
  [{ url: 'https://a:b@example.com' }, 400],
  [{}, 400],
])('%j is refused with %d', async (body, status) => {
  const alarm = await newAlarm('Refused');
  expect((await call('PUT', `/alarms/${alarm}/webhook`, body)).status).toBe(status);
  expect((await call('GET', `/alarms/${alarm}/webhook`)).body).toEqual({ webhook: null });
});

test('of an alarm that is not there, or has none, is told so', async () => {
  const alarm = await newAlarm('Bare');
  expect((await call('DELETE', `/alarms/${alarm}/webhook`)).status).toBe(404);
  const put = await call('PUT', '/alarms/999999/webhook', { url: 'https://example.com' });
  expect(put.status).toBe(404);
});

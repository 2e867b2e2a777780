/** What calls for single messages lead to: one send each, decided and explained like all sends. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createRecipientTokens, recipientTokenKey } from '../../messages/index.ts';
import { standingClock, testRenderPool, testSenders } from '../../sends/senders/test-senders.ts';
import { testRest } from './test-rest.ts';

const rest = await testRest();
const { pool, call, pipeline, newWorkspace } = rest;
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

let workspace: Awaited<ReturnType<typeof newWorkspace>>;
let messageId: number;

beforeEach(async () => {
  workspace = await newWorkspace();
  const body = {
    name: 'Shipped',
    from: 'Shop <shop@example.com>',
    subject: 'Order {{ data.order }}',
    htmlText: '<p>Hello {{ contact.email }}</p>',
  };
  messageId = ((await post('/v1/messages/email', body)).body as { id: number }).id;
});

function post(url: string, body: object) {
  return call(`POST ${url}`, { key: workspace.key, body });
}

async function smartsend(recipients: object[], more: object = {}) {
  const answer = await post(`/v1/message/${messageId}/smartsend`, { recipients, ...more });
  expect(answer.status, String(answer.body)).toBe(200);
  return (answer.body as { results: { status: string; requestId: string }[] }).results;
}

async function statusesOf(ids: string[]) {
  const { body } = await call(`GET /v1/message/status?ids=${ids.join(',')}`, {
    key: workspace.key,
  });
  return (body as { results: { status: string; message?: string }[] }).results;
}

async function sends() {
  const { rows } = await pool.query<{
    decision: string;
    reason: string | null;
    request_id: number | null;
    transactional: boolean;
    lane: number | null;
    address: string | null;
  }>(
    `select s.decision, s.reason, s.request_id, s.transactional, d.lane, d.address
       from sends s left join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
      where s.workspace_id = $1 order by s.id`,
    [workspace.id],
  );
  return rows;
}

test('a request leaves by the fast lane, filled with what the call says, under the name it gives', async () => {
  const [one] = await smartsend([{ locator: 'ada@example.com', jsonParam: '{"order": 17}' }], {
    fromName: 'Ada "the" Shop',
  });
  await pipeline.drain();
  expect(await sends()).toEqual([
    {
      decision: 'sent',
      reason: null,
      request_id: Number(one!.requestId),
      transactional: true,
      lane: 0,
      address: 'ada@example.com',
    },
  ]);
  const senders = await testSenders({ pool, renderPool, clock: standingClock(rest.clock()) });
  await senders.beat();
  await senders.drain();
  const { rows } = await pool.query<{ content: object; raw: Buffer }>(
    `select content, raw from sandbox_messages where workspace_id = $1`,
    [workspace.id],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]!.content).toMatchObject({ subject: 'Order 17' });
  expect(rows[0]!.raw.toString()).toContain('From: "Ada \\"the\\" Shop" <shop@example.com>');
  expect(rows[0]!.raw.toString()).not.toContain('List-Unsubscribe');
});

test('the same call at once by many makes one send', async () => {
  const body = [{ locator: 'ada@example.com', externalRequestId: 'r' }];
  const answers = await Promise.all(Array.from({ length: 8 }, () => smartsend(body)));
  await pipeline.drain();
  expect(new Set(answers.map(([one]) => one!.requestId)).size).toBe(1);
  expect(await sends()).toHaveLength(1);
});

test('a call without a name of its own may be made again after a minute, and was not before', async () => {
  const first = await smartsend([{ locator: 'ada@example.com' }]);
  rest.advance(59_000);
  expect(await smartsend([{ locator: 'ada@example.com' }])).toEqual(first);
  rest.advance(2_000);
  expect(await smartsend([{ locator: 'ada@example.com' }])).not.toEqual(first);
  await pipeline.drain();
  expect(await sends()).toHaveLength(2);
  expect(await statusesOf(first.map(({ requestId }) => requestId))).toMatchObject([
    { status: 'IN_QUEUE' },
  ]);
});

test('a recipient who is named twice in a call gets one message for one request', async () => {
  const twice = { locator: 'ada@example.com', externalRequestId: 'r' };
  const [a, b] = await smartsend([twice, twice]);
  expect(a!.requestId).toBe(b!.requestId);
  await pipeline.drain();
  expect(await sends()).toHaveLength(1);
});

test('it finds the contact and changes nothing about it', async () => {
  await post('/v1/contact', {
    externalCustomerId: 'u1',
    channels: [{ type: 'email', value: 'own@example.com' }],
  });
  const results = await smartsend([
    { externalCustomerId: 'u1' },
    { externalCustomerId: 'u1', locator: 'other@example.com' },
    { externalCustomerId: 'nobody' },
  ]);
  await pipeline.drain();
  const states = await statusesOf(results.map(({ requestId }) => requestId));
  expect(states.map(({ status }) => status)).toEqual(['IN_QUEUE', 'ERROR', 'ERROR']);
  expect(states[1]!.message).toBe('no address');
  expect(states[2]!.message).toBe('No contact has this identifier.');
  const { rows } = await pool.query(
    `select external_id, email from contacts where workspace_id = $1`,
    [workspace.id],
  );
  expect(rows).toEqual([{ external_id: 'u1', email: 'own@example.com' }]);
});

test('who unsubscribed gets what is owed; whose address is dead, or who is deleted, gets nothing', async () => {
  const contact = { channels: [{ type: 'email', value: 'gone@example.com' }] };
  const { id } = (await post('/v1/contact', contact)).body as { id: number };
  await call(`DELETE /v1/contact/${id}`, { key: workspace.key });
  await post('/v1/emails/unsubscribed/add', { emails: ['no@example.com'] });
  await pool.query(
    `insert into suppressions (workspace_id, channel, address, reason, since, source)
     values ($1, 'email', 'dead@example.com', 'bounced', $2, 'api')`,
    [workspace.id, rest.clock()],
  );
  const results = await smartsend([
    { locator: 'no@example.com' },
    { locator: 'dead@example.com' },
    { contactId: id },
  ]);
  await pipeline.drain();
  const states = await statusesOf(results.flatMap(({ requestId }) => requestId ?? []));
  expect(states.map(({ status }) => status)).toEqual(
    results[2]!.status === 'ERROR'
      ? ['IN_QUEUE', 'UNDELIVERED']
      : ['IN_QUEUE', 'UNDELIVERED', 'ERROR'],
  );
});

test('content of its own is kept once, as versions of one message that stands for its kind', async () => {
  const content = { from: 'a@example.com', subject: 'A', htmlText: '<p>A</p>' };
  const one = { ...content, emails: ['a@example.com'], tags: ['x'] };
  await post('/v1/message/email', one);
  rest.advance(61_000);
  await post('/v1/message/email', one);
  await post('/v1/message/email', { ...one, subject: 'B' });
  await pipeline.drain();
  const { rows } = await pool.query<{ message_version: number; message_id: number }>(
    `select message_id, message_version from sends where workspace_id = $1 order by id`,
    [workspace.id],
  );
  expect(rows.map((row) => row.message_version)).toEqual([1, 1, 2]);
  expect(new Set(rows.map((row) => row.message_id)).size).toBe(1);
});

test('one whose message was archived makes another', async () => {
  const single = { from: 'a@example.com', subject: 'A', htmlText: '<p>A</p>' };
  await post('/v1/message/email', { ...single, emails: ['a@example.com'] });
  await pool.query(
    `update messages set archived_at = $2 where workspace_id = $1 and name like 'Single%'`,
    [workspace.id, rest.clock()],
  );
  await post('/v1/message/email', { ...single, emails: ['b@example.com'] });
  await pipeline.drain();
  expect((await sends()).map(({ decision }) => decision).toSorted()).toEqual(['refused', 'sent']);
});

test('links of an e-mail lead where they are written to lead, if the call says so', async () => {
  const single = { from: 'a@example.com', subject: 'A', emails: ['a@example.com'] };
  const htmlText = '<a href="https://example.com/reset?token=1">Reset</a>';
  await post('/v1/message/email', { ...single, htmlText, trackUrls: false });
  await post('/v1/message/email', { ...single, htmlText });
  await pipeline.drain();
  const senders = await testSenders({ pool, renderPool, clock: standingClock(rest.clock()) });
  await senders.beat();
  await senders.drain();
  const { rows } = await pool.query<{ content: { html: string } }>(
    `select content from sandbox_messages where workspace_id = $1 order by delivery_id`,
    [workspace.id],
  );
  expect(rows.map(({ content }) => content.html.includes('https://example.com/reset'))).toEqual([
    true,
    false,
  ]);
});

/** What is in the outbox, in the order in which it was asked for. */
async function outbox<Content>() {
  await pipeline.drain();
  const senders = await testSenders({ pool, renderPool, clock: standingClock(rest.clock()) });
  await senders.beat();
  await senders.drain();
  const { rows } = await pool.query<{ content: Content; raw: Buffer | null }>(
    `select content, raw from sandbox_messages where workspace_id = $1 order by delivery_id`,
    [workspace.id],
  );
  return rows;
}

test('links of an SMS lead through this program only if the call says so', async () => {
  const single = { from: 'A', text: 'Reset: https://example.com/reset?a=1&b=2.' };
  await post('/v1/message/sms', { ...single, phoneNumbers: ['380501234567'] });
  await post('/v1/callouts/sms', { ...single, phoneNumbers: ['380501234567'], trackUrls: true });
  const [plain, tracked] = await outbox<{ text: string }>();
  expect(plain!.content.text).toBe(single.text);
  const link = /^Reset: (http\S+)\.$/.exec(tracked!.content.text)![1]!;
  const sealed = createRecipientTokens(recipientTokenKey(rest.box)).open(link.split('/r/')[1]!);
  expect(sealed).toMatchObject({
    kind: 'link',
    channel: 'sms',
    workspaceId: workspace.id,
    url: 'https://example.com/reset?a=1&b=2',
  });
});

test('an AMP page goes between the text and the HTML, filled for its recipient', async () => {
  await post('/v1/message/email', {
    from: 'a@example.com',
    subject: 'A',
    htmlText: '<p>HTML</p>',
    ampHtmlText: '<html amp4email><body>AMP for {{ contact.email }}</body></html>',
    emails: ['ada@example.com'],
  });
  const [mail] = await outbox();
  const raw = mail!.raw!.toString();
  expect([...raw.matchAll(/^Content-Type: ([^;]+)/gm)].map(([, type]) => type)).toEqual([
    'multipart/alternative',
    'text/plain',
    'text/x-amp-html',
    'text/html',
  ]);
  expect(raw).toMatch(/AMP for ada@example\.com<amp-img/);
});

test('a text to a list that many ask for at once is one broadcast of one message', async () => {
  await post('/v1/contact', {
    channels: [{ type: 'sms', value: '380501234561' }],
    groups: [{ name: 'Runners' }],
  });
  const groups = await call('GET /v1/groups', { key: workspace.key });
  const groupId = (groups.body as { id: number }[])[0]!.id;
  const body = { from: 'A', text: 'Hi', groupId };
  const answers = await Promise.all(Array.from({ length: 5 }, () => post('/v1/message/sms', body)));
  const ids = answers.map(
    (answer) => (answer.body as { results: { broadcastId: number }[] }).results[0]!.broadcastId,
  );
  expect(new Set(ids).size).toBe(1);
  const { rows } = await pool.query<{ messages: number; campaigns: number }>(
    `select (select count(*)::integer from messages where workspace_id = $1 and channel = 'sms') as messages,
            (select count(*)::integer from campaigns where workspace_id = $1) as campaigns`,
    [workspace.id],
  );
  expect(rows).toEqual([{ messages: 1, campaigns: 1 }]);
});

test('of who was erased nothing is told but that', async () => {
  const [one] = await smartsend([{ locator: 'ada@example.com' }]);
  await pipeline.drain();
  await pool.query(`delete from sends where workspace_id = $1`, [workspace.id]);
  rest.advance(25 * 3_600_000);
  expect(await statusesOf([one!.requestId])).toMatchObject([
    { status: 'ERROR', message: 'Nothing is kept of it any more.' },
  ]);
});

test('a thousand recipients are asked for at once', async () => {
  const recipients = Array.from({ length: 1000 }, (_, n) => ({
    locator: `a${n}@example.com`,
    jsonParam: JSON.stringify({ order: n, note: 'x'.repeat(2000) }),
  }));
  const results = await smartsend(recipients);
  expect(new Set(results.map(({ requestId }) => requestId)).size).toBe(1000);
  await pipeline.drain();
  expect(await sends()).toHaveLength(1000);
});

test('many at once make the message of their kind once', async () => {
  const of = (n: number) => ({
    from: 'a@example.com',
    subject: `Code ${n}`,
    htmlText: '<p>A</p>',
    emails: [`a${n}@example.com`],
  });
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) => post('/v1/message/email', of(n))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
  await pipeline.drain();
  const { rows } = await pool.query<{ n: number }>(
    `select count(distinct message_version)::integer as n from sends where workspace_id = $1`,
    [workspace.id],
  );
  expect(rows[0]!.n).toBe(6);
});

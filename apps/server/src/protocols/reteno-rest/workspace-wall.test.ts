/** A key sees and changes nothing of another workspace, whatever numbers and tokens it names. */
import { describe, expect, test } from 'vitest';
import { createInteractionIds } from '../../sends/index.ts';
import { restEndpoints } from './routes.ts';
import { testRest } from './test-rest.ts';

const rest = await testRest();
const { pool, box, clock, newWorkspace, addField, addCategory, addMessage, call, pipeline } = rest;

const TABLES = [
  'contacts',
  'identifiers',
  'devices',
  'addresses',
  'events',
  'memberships',
  'segments',
  'suppressions',
  'category_choices',
  'deliveries',
  'orders',
  'campaigns',
  'messages',
  'sends',
  'send_requests',
  'erasures',
  'jobs',
];

const theirs = await newWorkspace();
const ours = await newWorkspace();
const secret = await addField(theirs.id, { key: 'secret', type: 'text' });
await addCategory(theirs.id, { key: 'theirs' });
await addCategory(ours.id, { key: 'ours' });
const ada = await added({
  externalCustomerId: 'ada',
  firstName: 'Ada',
  channels: [
    { type: 'email', value: 'ada@example.com' },
    { type: 'mobilepush', value: 'their-token', device: { appId: 'app' } },
    { type: 'telegrambot', value: 'their-chat' },
  ],
  groups: [{ name: 'Theirs' }],
});
const group = ((await call('GET /v1/groups', theirs)).body as { id: number }[])[0]!.id;
const broadcast = await sent();
const session = await imported();
const message = await catalogued();
await drawn();
await call('POST /v1/promocodes', {
  ...theirs,
  body: { promocodes: ['THEIRS'], discount: 1, expirationDate: '2099-01-01' },
});
const request = await asked();
const interaction = await pushed();
await pipeline.drain();
const untouched = await contentOfTheirs();

async function added(body: object): Promise<number> {
  return ((await call('POST /v1/contact', { ...theirs, body })).body as { id: number }).id;
}

async function sent(): Promise<number> {
  const messageId = await addMessage(theirs.id, { key: 'theirs' });
  const body = { messageId, groups: [group], startDate: '2027-01-01T09:00' };
  const answer = await call('POST /v1/broadcast', { ...theirs, body });
  return (answer.body as { broadcastId: number }).broadcastId;
}

async function imported(): Promise<string> {
  const contacts = [{ channels: [{ type: 'email', value: 'bob@example.com' }] }];
  const answer = await call('POST /v1/contacts', {
    ...theirs,
    body: { dedupeOn: 'email', contacts },
  });
  return (answer.body as { asyncSessionId: string }).asyncSessionId;
}

async function catalogued(): Promise<number> {
  const body = { name: 'Theirs', from: 'a@example.com', subject: 'S', htmlText: '<p>Theirs</p>' };
  const answer = await call('POST /v1/messages/email', { ...theirs, body });
  return (answer.body as { id: number }).id;
}

async function asked(): Promise<string> {
  const body = { recipients: [{ externalCustomerId: 'ada' }] };
  const answer = await call(`POST /v1/message/${message}/smartsend`, { ...theirs, body });
  return (answer.body as { results: { requestId: string }[] }).results[0]!.requestId;
}

async function drawn(): Promise<void> {
  await pool.query(
    `insert into workflows (workspace_id, key, name, state, draft, created_at, updated_at)
     values ($1, 'theirs', 'Theirs', 'draft', '{}', $2, $2)`,
    [theirs.id, clock()],
  );
}

async function pushed(): Promise<string> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into deliveries (contact_id, id, send_id, workspace_id, slot, channel, address, lane, state, status,
                             status_at, created_at)
     values ($1, nextval('delivery_ids'), nextval('send_ids'), $2, 0, 'mobile_push', 'their-token', 1, 'accepted', 'sent', $3, $3)
     returning id`,
    [ada, theirs.id, clock()],
  );
  return createInteractionIds(box).make({ workspaceId: theirs.id, deliveryId: rows[0]!.id });
}

async function contentOfTheirs(): Promise<Record<string, unknown[]>> {
  const content: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    const { rows } = await pool.query(`select * from ${table} where workspace_id = $1`, [
      theirs.id,
    ]);
    content[table] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return content;
}

/** Every call that names something by its path: with what is theirs. */
const byPath: Record<string, [path: string, body?: object]> = {
  'PUT /v1/contact/:id': [`/v1/contact/${ada}`, { firstName: 'Eve' }],
  'GET /v1/contact/:id': [`/v1/contact/${ada}`],
  'DELETE /v1/contact/:id': [`/v1/contact/${ada}?erase=true`],
  'GET /v1/importstatus/:id': [`/v1/importstatus/${session}`],
  'GET /v1/contact/:id/subscriptions': [`/v1/contact/${ada}/subscriptions`],
  'PUT /v1/contact/:id/subscriptions': [
    `/v1/contact/${ada}/subscriptions`,
    { subscriptions: ['ours'] },
  ],
  'GET /v1/contact/token/:app/:token/contactId': ['/v1/contact/token/app/their-token/contactId'],
  'GET /v1/contact/token/activated/:app/:token': ['/v1/contact/token/activated/app/their-token'],
  'PUT /v1/contact/token/activated/:app/:token': [
    '/v1/contact/token/activated/app/their-token',
    { active: false },
  ],
  'POST /v1/apps/:app/token/mute': ['/v1/apps/app/token/mute', { token: 'their-chat' }],
  'POST /v1/apps/:app/token/unmute': ['/v1/apps/app/token/unmute', { token: 'their-chat' }],
  'GET /v1/group/:id/contacts': [`/v1/group/${group}/contacts`],
  'POST /v1/group/:id/contacts/attach': [`/v1/group/${group}/contacts/attach`, { contactIds: [1] }],
  'POST /v1/group/:id/contacts/detach': [`/v1/group/${group}/contacts/detach`, {}],
  'GET /v1/broadcast/:id': [`/v1/broadcast/${broadcast}`],
  'DELETE /v1/broadcast/:id': [`/v1/broadcast/${broadcast}`],
  'POST /v1/campaigns/:id/start': [`/v1/campaigns/${broadcast}/start`],
  'PUT /v1/interactions/:id/status': [
    `/v1/interactions/${interaction}/status`,
    { status: 'CLICKED' },
  ],
};

const content = { from: 'a@example.com', subject: 'Ours', htmlText: '<p>Ours</p>' };
Object.assign(byPath, {
  'POST /v1/message/:id/send': [`/v1/message/${message}/send`, { recipients: ['eve@example.com'] }],
  'POST /v1/message/:id/smartsend': [
    `/v1/message/${message}/smartsend`,
    { recipients: [{ locator: 'eve@example.com' }] },
  ],
  'PUT /v1/messages/email/:id': [`/v1/messages/email/${message}`, { name: 'Ours', ...content }],
  'PUT /v1/messages/email/:id/:language': [`/v1/messages/email/${message}/de`, content],
});
// Of other channels every number is another's.
for (const { method, url, example } of restEndpoints) {
  if (!url.startsWith('/v1/messages/') || !url.includes(':id')) continue;
  const path = url.replace(':id', String(message)).replace(':language', 'de');
  byPath[`${method} ${url}`] ??= example ? [path, example] : [path];
}

/** Their path names only an app, which anybody may call what they like. */
const OPEN_PATHS = new Set(['POST /v1/apps/:app/tokens']);

describe('what a path names', () => {
  const named = restEndpoints
    .filter(({ url }) => url.includes(':'))
    .map(({ method, url }) => `${method} ${url}`)
    .filter((name) => !OPEN_PATHS.has(name));

  test.each(named)('%s is not found', async (name) => {
    const [path, body] = byPath[name]!;
    const answer = await call(`${name.split(' ')[0]} ${path}`, { key: ours.key, body });
    expect(answer.status, String(answer.body)).toBe(404);
  });
});

describe('what a body or a query names', () => {
  test.each<[call: string, body: object | undefined, status: number, answer: unknown]>([
    ['GET /v1/contacts', undefined, 200, []],
    ['GET /v1/contacts?externalCustomerId=ada', undefined, 200, []],
    [`GET /v1/contacts/email?ids=${ada}`, undefined, 200, { results: [] }],
    ['GET /v1/groups?name=Theirs', undefined, 200, []],
    ['GET /v1/broadcasts', undefined, 200, []],
    ['GET /v1/workflows', undefined, 200, []],
    ['GET /v1/promocodes', undefined, 200, []],
    ['GET /v1/promocodes/count', undefined, 200, { count: 0 }],
    [
      'POST /v1/broadcast',
      { messageId: 1, groups: [group] },
      400,
      /messageId: The message is not there/,
    ],
    [`GET /v1/message/status?ids=${request}`, undefined, 200, { results: [] }],
    [`GET /v1/message/sms/status?ids=${request}`, undefined, 200, { results: [] }],
    ['GET /v1/messages/email', undefined, 200, []],
    ['GET /v2/contacts/activity?dateFrom=2026-03-01&dateTo=2026-03-31', undefined, 200, []],
    [
      `GET /v2/contacts/messages?dateFrom=2026-03-01&dateTo=2026-03-31&contactId=${ada}`,
      undefined,
      404,
      /no such contact/,
    ],
    ['DELETE /v1/contact?externalCustomerId=ada&erase=true', undefined, 404, /no contact/],
    [
      'POST /v1/contact',
      { externalCustomerId: 'eve', fields: [{ id: secret.id, value: 'x' }] },
      400,
      /there is no field/,
    ],
    [
      'POST /v1/contact/subscribe',
      { contact: { externalCustomerId: 'eve' }, subscriptions: ['theirs'] },
      400,
      /there is no category theirs/,
    ],
    [
      'POST /v1/contacts',
      { dedupeOn: 'fieldId', fieldId: secret.id, contacts: [{ firstName: 'Eve' }] },
      400,
      /there is no field/,
    ],
    [
      'POST /v1/contacts',
      { dedupeOn: 'id', contacts: [{ id: ada, firstName: 'Eve' }] },
      200,
      { failedContacts: [] },
    ],
    [
      'POST /v1/apps/app/tokens',
      { tokens: [{ token: 'their-token', contactId: ada }] },
      200,
      '1 tokens have been added',
    ],
    ['POST /v1/emails/unsubscribed/add', { emails: ['ada@example.com'] }, 200, ''],
    ['POST /v3/event', { eventTypeKey: 'E', params: { contactId: ada } }, 200, ''],
  ])('%s reaches nobody of theirs', async (target, body, status, expected) => {
    const answer = await call(target, { key: ours.key, body });
    expect(answer.status, String(answer.body)).toBe(status);
    if (expected instanceof RegExp) expect(answer.body).toMatch(expected);
    else if (typeof expected === 'object') expect(answer.body).toMatchObject(expected as object);
    else expect(answer.body).toBe(expected);
  });

  test('a list takes no contact of theirs', async () => {
    const body = { externalCustomerId: 'own', channels: [], groups: [{ name: 'Ours' }] };
    await call('POST /v1/contact', { key: ours.key, body });
    const [own] = (await call('GET /v1/groups', { key: ours.key })).body as { id: number }[];
    const answer = await call(`POST /v1/group/${own!.id}/contacts/attach`, {
      key: ours.key,
      body: { contactIds: [ada] },
    });
    expect(answer.body).toBe(`Unknown contacts: ${ada}`);
  });
});

test('nothing of theirs has changed', async () => {
  await pipeline.drain();
  expect(await contentOfTheirs()).toEqual(untouched);
});

import { describe, expect, test } from 'vitest';
import { createInteractionIds } from '../../sends/index.ts';
import { restEndpoints } from './routes.ts';
import { testRest } from './test-rest.ts';

const { pool, box, clock, newWorkspace, addCategory, addMessage, setSettings, call, pipeline } =
  await testRest();
const CHAT = '123456789';

/** A workspace in which everything is that the examples name. */
async function givenWorkspace() {
  const { id, key } = await newWorkspace();
  await addCategory(id, { key: 'news' });
  await setSettings(id, { delete_past_events: true });
  const { body } = await call('POST /v1/contact', {
    key,
    body: {
      externalCustomerId: 'user-1',
      channels: [
        { type: 'telegrambot', value: CHAT },
        { type: 'mobilepush', value: 'token-1', device: { appId: 'app-1' } },
      ],
      groups: [{ name: 'Runners' }],
    },
  });
  const contact = (body as { id: number }).id;
  const groups = (await call('GET /v1/groups', { key })).body as { id: number }[];
  const message = await addMessage(id, { key: 'sale' });
  /** A message of the channel, made as the reference shows it. */
  const messageIn = async (channel: string): Promise<number> => {
    const url = `/v1/messages/${channel}`;
    const create = restEndpoints.find(({ method, url: own }) => method === 'POST' && own === url);
    const made = await call(`POST ${url}`, { key, body: create?.example });
    return (made.body as { id: number }).id;
  };
  return { id, key, contact, group: groups[0]!.id, message, messageIn };
}

async function deliveryOf(workspaceId: number, contact: number): Promise<string> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into deliveries (contact_id, id, send_id, workspace_id, slot, channel, address, lane, state, status,
                             status_at, created_at)
     values ($1, nextval('delivery_ids'), nextval('send_ids'), $2, 0, 'mobile_push', 'token-1', 1, 'accepted', 'sent', $3, $3)
     returning id`,
    [contact, workspaceId, clock()],
  );
  return createInteractionIds(box).make({ workspaceId, deliveryId: rows[0]!.id });
}

async function pathOf(
  url: string,
  { id, contact, group, messageIn }: Awaited<ReturnType<typeof givenWorkspace>>,
): Promise<string> {
  const named = { ':app': 'app-1', ':token': 'token-1' };
  const channel = /^\/v1\/messages?\/(?::id|(\w+))/.exec(url);
  const other = channel ? await messageIn(channel[1] ?? 'email') : contact;
  const own = url.startsWith('/v1/group/') ? group : other;
  const number = url.includes('/interactions/') ? await deliveryOf(id, contact) : own;
  return url
    .replaceAll(/:app|:token/g, (name) => named[name as ':app'])
    .replace(':id', `${number}`)
    .replace(':language', 'de');
}

/** Its example names what every workspace has under numbers of its own. */
function broadcastOf(
  { message, group }: Awaited<ReturnType<typeof givenWorkspace>>,
  shown: unknown,
): object {
  return { ...(shown as object), messageId: message, groups: [group] };
}

/** Answers that count or list what was wrong with the call's parts. */
const UNHURT: Record<string, unknown> = { errorCount: 0, failedContacts: [] };

describe('the example in the reference of', () => {
  const takeBodies = restEndpoints.filter(({ body }) => body);

  test.each(
    takeBodies.map((endpoint) => [`${endpoint.method} ${endpoint.url}`, endpoint] as const),
  )('%s is accepted as it stands', async (_name, { method, url, example: shown }) => {
    const given = await givenWorkspace();
    const path = await pathOf(url, given);
    const example = url === '/v1/broadcast' ? broadcastOf(given, shown) : shown;
    const { status, body } = await call(`${method} ${path}`, { key: given.key, body: example });
    expect(status, String(body)).toBe(200);
    for (const [member, value] of Object.entries(UNHURT))
      if (typeof body === 'object' && Object.hasOwn(body as object, member))
        expect(body).toMatchObject({ [member]: value });
    expect(body, 'names what was not taken').not.toMatchObject({ failedOrders: expect.anything() });
    await pipeline.drain();
    const dead = await pool.query('select * from dead_events where workspace_id = $1', [given.id]);
    expect(dead.rows).toEqual([]);
  });
});

test('the reference shows bodies with their members and an example', async () => {
  const { body } = await call('GET /openapi.json', {});
  const { paths } = body as { paths: Record<string, Record<string, { requestBody?: object }>> };
  expect(paths['/api/v3/event']?.['post']?.requestBody).toMatchObject({
    content: {
      'application/json': {
        schema: { properties: { eventTypeKey: { type: 'string' }, params: { type: 'object' } } },
        example: { eventTypeKey: 'WorkoutCompleted', params: { externalCustomerId: 'user-1' } },
      },
    },
  });
});

test('every call stands in a chapter, under a name of its own', async () => {
  const { body } = await call('GET /openapi.json', {});
  const { paths } = body as {
    paths: Record<string, Record<string, { tags: string[]; summary: string }>>;
  };
  const calls = Object.values(paths).flatMap((path) => Object.values(path));
  for (const { tags } of calls) expect(tags).toEqual([expect.stringMatching(/^[A-Z]/)]);
  expect(new Set(calls.map(({ summary }) => summary)).size).toBe(calls.length);
});

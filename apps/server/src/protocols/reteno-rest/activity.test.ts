/** What became of messages, as other systems read it. */
import { expect, test } from 'vitest';
import type { DeliveryItem } from '../../inbox/index.ts';
import { LANES } from '../../inbox/index.ts';
import { quietEngine } from '../../pipeline/quiet-engine.ts';
import { applyDeliveries, decideWantedSends } from '../../sends/index.ts';
import { testRest } from './test-rest.ts';

const rest = await testRest({
  parts: {
    engine: {
      ...quietEngine,
      begin: async (tx) => ({
        ...(await quietEngine.begin(tx)),
        applyDeliveries,
        sendWanted: (batch, { entries, now }) =>
          decideWantedSends(batch, { entries, slots: 8, now }),
      }),
    },
  },
});
const { pool, call, pipeline, inbox, newWorkspace } = rest;
const PERIOD = 'dateFrom=2026-03-01&dateTo=2026-03-03';

async function world() {
  const workspace = await newWorkspace();
  const { key } = workspace;
  const body = {
    name: 'Shipped',
    from: 'shop@example.com',
    subject: 'S',
    htmlText: '<p>S</p>',
    tags: ['Orders'],
  };
  const message = (await call('POST /v1/messages/email', { key, body })).body as { id: number };
  await call(`POST /v1/message/${message.id}/smartsend`, {
    key,
    body: {
      recipients: [
        { locator: 'ada@example.com', externalRequestId: 'r1' },
        { locator: 'bob@example.com' },
      ],
    },
  });
  await pipeline.drain();
  const { rows } = await pool.query<{
    contact_id: number;
    id: number;
    send_id: number;
    address: string;
  }>(
    `select contact_id, id, send_id, address from deliveries where workspace_id = $1 order by id`,
    [workspace.id],
  );
  const delivery = (address: string) => rows.find((row) => row.address === address)!;
  async function report(address: string, status: DeliveryItem['status'], more: object = {}) {
    rest.advance(1000);
    const { contact_id, id, send_id } = delivery(address);
    const item: DeliveryItem = {
      kind: 'delivery',
      ids: [['contact', String(contact_id)]],
      at: rest.clock().getTime(),
      source: 'system',
      contactId: contact_id,
      sendId: send_id,
      deliveryId: id,
      status,
      ...more,
    };
    await inbox.append({ workspaceId: workspace.id, lane: LANES.stream, items: [item] });
    await pipeline.drain();
  }
  const activities = async (query = ''): Promise<Record<string, unknown>[]> => {
    const answer = await call(`GET /v2/contacts/activity?${PERIOD}${query}`, { key });
    expect(answer.status, String(answer.body)).toBe(200);
    return answer.body as Record<string, unknown>[];
  };
  return { ...workspace, message: message.id, report, activities, delivery };
}

test('each is told once, in order, with its message, recipient and place', async () => {
  const { report, activities, message, delivery } = await world();
  await report('ada@example.com', 'sent');
  await report('bob@example.com', 'undelivered', { reason: 'mailbox full', bounce: 'dead' });
  await report('ada@example.com', 'opened', { machine: 'proxy' });
  await report('ada@example.com', 'clicked', { url: 'https://example.com/a' });
  const list = await activities();
  expect(list.map((one) => [one['activityStatus'], one['email'], one['offset']])).toEqual([
    ['DELIVERED', 'ada@example.com', 1],
    ['UNDELIVERED', 'bob@example.com', 2],
    ['CLICKED', 'ada@example.com', 3],
  ]);
  expect(list[0]).toMatchObject({
    mediaType: 'email',
    messageId: message,
    messageName: 'Shipped',
    messageTag: 'Orders',
    messageLanguageCode: 'en',
    messageInstanceId: delivery('ada@example.com').id,
    externalRequestId: 'r1',
    contactId: delivery('ada@example.com').contact_id,
  });
  expect(list[1]).toMatchObject({ statusDescription: 'mailbox full', hardBounce: true });
  expect(list[2]).toMatchObject({ clickEventLink: 'https://example.com/a' });
});

test('filters and pages give what the whole list holds', async () => {
  const { report, activities } = await world();
  await report('ada@example.com', 'sent');
  await report('bob@example.com', 'sent');
  await report('ada@example.com', 'opened');
  const all = await activities();
  const paged = [];
  for (let offset = 0; offset < 4; offset += 1)
    paged.push(...(await activities(`&offset=${offset}&maxrows=1`)));
  expect(paged).toEqual(all);
  expect(await activities('&activityStatus=READ')).toMatchObject([{ email: 'ada@example.com' }]);
  expect(await activities('&email=BOB@example.com')).toMatchObject([{ email: 'bob@example.com' }]);
  expect(await activities('&messageTag=orders')).toHaveLength(3);
  expect(await activities('&messageTag=other')).toEqual([]);
});

test('nothing of another workspace is among them', async () => {
  const { report, message } = await world();
  await report('ada@example.com', 'sent');
  const other = await newWorkspace();
  for (const query of ['', '&email=ada@example.com', `&messageTag=Orders`]) {
    const { body } = await call(`GET /v2/contacts/activity?${PERIOD}${query}`, other);
    expect(body).toEqual([]);
  }
  expect(message).toBeGreaterThan(0);
});

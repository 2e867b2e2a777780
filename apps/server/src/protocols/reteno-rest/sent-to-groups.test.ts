/** What calls that name a list or segment lead to, as far as the outbox. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createDriver } from '../../campaigns/index.ts';
import { aroundContacts } from '../../main/around-contacts.ts';
import { standingClock, testRenderPool, testSenders } from '../../sends/senders/test-senders.ts';
import { testRest } from './test-rest.ts';

const rest = await testRest();
const { pool, call, pipeline, newWorkspace } = rest;
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

let workspace: Awaited<ReturnType<typeof newWorkspace>>;

beforeEach(async () => {
  workspace = await newWorkspace();
});

async function post<Body>(url: string, body: object): Promise<Body> {
  const answer = await call(`POST ${url}`, { key: workspace.key, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Body;
}

/** In the list, unless it is said otherwise. */
function contact(channels: object[], groups: object[] = [{ name: 'Runners' }]) {
  return post('/v1/contact', { channels, groups });
}

async function theList(): Promise<number> {
  const { body } = await call('GET /v1/groups', { key: workspace.key });
  return (body as { id: number; name: string }[]).find(({ name }) => name === 'Runners')!.id;
}

/** Reads audiences, decides and sends until nothing is left to do; answers what left, by address. */
async function send(): Promise<{ address: string; content: Record<string, string> }[]> {
  const clock = rest.clock;
  const driver = createDriver({
    pool,
    questions: aroundContacts.questions,
    slots: pipeline.slots,
    clock,
    onError: (cause) => {
      throw cause;
    },
  });
  for (let busy = true; busy;) {
    const read = await driver.read(() => {});
    busy = (await driver.move()) || read;
    await pipeline.drain();
  }
  const senders = await testSenders({ pool, renderPool, clock: standingClock(clock()) });
  await senders.beat();
  await senders.drain();
  const { rows } = await pool.query<{ address: string; content: Record<string, string> }>(
    `select address, content from sandbox_messages where workspace_id = $1 order by address`,
    [workspace.id],
  );
  return rows;
}

test('a text to a list is one message for each of its members who may get it', async () => {
  await contact([{ type: 'sms', value: '380501234561' }]);
  await contact([{ type: 'sms', value: '380501234562' }]);
  // Of whom no number is known, and who is not in it.
  await contact([{ type: 'email', value: 'ada@example.com' }]);
  await contact([{ type: 'sms', value: '380501234563' }], []);
  const groupId = await theList();
  const text = { from: 'A', text: 'Hi {{ contact.phone }}', groupId, externalRequestId: 'once' };
  await post('/v1/message/sms', text);
  expect(await send()).toMatchObject([
    { address: '+380501234561', content: { text: 'Hi +380501234561' } },
    { address: '+380501234562', content: { text: 'Hi +380501234562' } },
  ]);
  await post('/v1/message/sms', text);
  expect(await send(), 'asked for again under the same name').toHaveLength(2);
});

test('a push to one app leaves out the devices of other apps, and who has no other', async () => {
  const device = (value: string, appId?: string) => ({
    type: 'mobilepush',
    value,
    device: { os: 'Android', active: true, ...(appId && { appId }) },
  });
  await contact([device('ada-shop', 'shop'), device('ada-news', 'news')]);
  await contact([device('bob-news', 'news')]);
  await contact([device('eve-nowhere')]);
  const groups = [await theList()];
  const { id: messageId } = await post<{ id: number }>('/v1/messages/mobilepush', {
    name: 'Push',
    title: 'Hi',
    text: 'There',
  });
  await post('/v1/broadcast', { messageId, groups, appId: 'shop' });
  expect((await send()).map(({ address }) => address)).toEqual(['ada-shop']);
  const { rows } = await pool.query(
    `select decision, reason, count(*)::integer as n from sends where workspace_id = $1
      group by decision, reason order by decision`,
    [workspace.id],
  );
  expect(rows).toEqual([
    { decision: 'refused', reason: 'no address', n: 2 },
    { decision: 'sent', reason: null, n: 1 },
  ]);
  await post('/v1/broadcast', { messageId, groups });
  expect((await send()).map(({ address }) => address).toSorted()).toEqual([
    'ada-news',
    'ada-shop',
    'ada-shop',
    'bob-news',
    'eve-nowhere',
  ]);
});

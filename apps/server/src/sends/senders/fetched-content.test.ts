import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../../db/test-database.ts';
import { createEgress } from '../../egress/index.ts';
import { startTestSite } from '../../messages/fetching/test-site.ts';
import { createRenderPool, recipientTokenKey } from '../../messages/index.ts';
import { plannedWorld, PUBLIC_URL, testBox } from './test-senders.ts';

const { pool } = await testDatabase();
const http = createEgress({ allow: ['127.0.0.1'], answerBytes: 1_000_000 });
let clock = () => new Date();
const renderPool = createRenderPool({
  publicUrl: PUBLIC_URL,
  tokenKey: recipientTokenKey(testBox),
  size: 1,
  fetching: { http, clock: () => clock() },
});
afterAll(async () => {
  await renderPool.close();
  await http.close();
});

const { world, begin, plan, delivery, told, sandboxMessage, smtp, senders } = await plannedWorld({
  pool,
  renderPool,
});

let workspaceId = 0;
let advance: (ms: number) => void = () => {};
beforeEach(async () => {
  const begun = await begin();
  ({ workspaceId } = begun);
  ({ now: clock, advance } = begun.clock);
});

type Personalisation = NonNullable<Parameters<typeof world.message>[0]['personalisation']>;

const message = (html: string, personalisation: Personalisation = {}) =>
  world.message({
    workspaceId,
    content: { en: { subject: 'S', html, text: 'x' } },
    personalisation,
  });

const offers = (url: string) =>
  `{% fetch "${url}/offers" as offers %}<p>{{ contact.first_name }}: {{ offers.best.title }}</p>`;

test('what a message fetches is fetched once for all of them, and stands in each', async () => {
  const site = await startTestSite((_, response) => response.end('{"best":{"title":"A <tent>"}}'));
  const messageId = await message(offers(site.url));
  const ann = await plan({ messageId });
  const bob = await plan({ messageId, fields: { first_name: 'Bob' } });
  await (await senders()).drain();
  const html = async (id: number) => (await sandboxMessage(id)).content.html;
  expect(await html(ann.deliveryId)).toContain('<p>Ann: A &lt;tent&gt;</p>');
  expect(await html(bob.deliveryId)).toContain('<p>Bob: A &lt;tent&gt;</p>');
  expect(site.asked).toEqual(['/offers']);
});

test('an address of its own for each contact is escaped, and fetched before anything is handed over', async () => {
  const server = await smtp();
  const site = await startTestSite((request, response) =>
    response.end(JSON.stringify({ points: request.url?.length })),
  );
  const messageId = await message(
    `{% fetch "${site.url}/points?of={{ contact.first_name }}" as it %}<p>{{ it.points }}</p>`,
  );
  const { deliveryId } = await plan({ messageId, fields: { first_name: 'Ann & /?#../' } });
  await (await senders()).drain();
  expect(await delivery(deliveryId)).toMatchObject({ status: 'sent', attempts: 1 });
  expect(site.asked).toEqual(['/points?of=Ann%20%26%20%2F%3F%23..%2F']);
  expect(server.accepted).toHaveLength(1);
});

test.each(['the outbox', 'a provider'])(
  'a server that does not answer keeps nothing else back on its way to %s',
  async (where) => {
    const server = where === 'a provider' ? await smtp() : undefined;
    const held: (() => void)[] = [];
    const slow = await startTestSite((_, response) => held.push(() => response.end('{}')));
    const slowMessage = await message(
      `{% fetch "${slow.url}/{{ contact.first_name }}" as it, timeout: 5 %}<p>slow</p>`,
    );
    const waiting: Awaited<ReturnType<typeof plan>>[] = [];
    for (let i = 0; i < 30; i += 1) {
      waiting.push(await plan({ messageId: slowMessage, fields: { first_name: `A${i}` } }));
    }
    const others = [await plan(), await plan(), await plan()];
    const running = await senders();
    const statuses = async (all: { deliveryId: number }[]) =>
      Promise.all(all.map(async ({ deliveryId }) => (await delivery(deliveryId)).status));
    running.start();
    await slow.askedTimes(6);
    // Nobody releases the slow server before the others have left.
    await until(async () => (await statuses(others)).every((status) => status !== 'queued'));
    expect(new Set(await statuses(waiting))).toEqual(new Set(['queued']));
    expect(slow.asked.length).toBe(6);
    for (let done = 0; done < 30; done += 1) {
      await slow.askedTimes(done + 1);
      held[done]!();
    }
    await until(async () => (await statuses(waiting)).every((status) => status !== 'queued'));
    if (server) expect(server.accepted).toHaveLength(33);
    expect(running.errors).toEqual([]);
  },
);

test('what could not be fetched lets a message wait, if it does not say otherwise', async () => {
  let status = 503;
  const site = await startTestSite((_, response) =>
    response.writeHead(status).end('{"best":{"title":"Tent"}}'),
  );
  const messageId = await message(offers(site.url));
  const { deliveryId } = await plan({ messageId });
  const running = await senders();
  await running.drain();
  expect(await delivery(deliveryId)).toMatchObject({
    state: 'planned',
    reason: 'content not fetched',
    due_at: new Date(clock().getTime() + 60_000),
  });
  status = 200;
  advance(61_000);
  await running.beat();
  await running.drain();
  expect(await delivery(deliveryId)).toMatchObject({ status: 'delivered' });
});

test('a provider is not blamed for it either', async () => {
  const server = await smtp();
  const site = await startTestSite((_, response) => response.writeHead(500).end());
  const { deliveryId } = await plan({ messageId: await message(offers(site.url)) });
  const other = await plan();
  await (await senders()).drain();
  expect(await delivery(deliveryId)).toMatchObject({
    state: 'planned',
    reason: 'content not fetched',
    attempts: 1,
    provider_answer: expect.stringMatching(/127\.0\.0\.1:\d+ answered 500/),
  });
  expect(await delivery(other.deliveryId)).toMatchObject({ status: 'sent' });
  expect(server.accepted).toHaveLength(1);
});

test.each(['the outbox', 'a provider'])(
  'it is written without, or not at all, where the message says so: %s',
  async (where) => {
    if (where === 'a provider') await smtp();
    const site = await startTestSite((_, response) => response.writeHead(404).end());
    const without = await plan({
      messageId: await message(offers(site.url), { on_fetch_failure: 'empty' }),
    });
    const not = await plan({
      messageId: await message(offers(site.url), { on_fetch_failure: 'dont_send' }),
    });
    await (await senders()).drain();
    expect((await delivery(without.deliveryId)).status).toMatch(/sent|delivered/);
    expect(await delivery(not.deliveryId)).toMatchObject({
      state: 'cancelled',
      status: 'cancelled',
      reason: 'content not fetched',
    });
  },
);

test.each(['the outbox', 'a provider'])(
  'what a contact lacks withdraws the message, if it says so: %s',
  async (where) => {
    if (where === 'a provider') await smtp();
    const messageId = await message('<p>{{ contact.first_name }}</p>', { on_missing: 'dont_send' });
    const ann = await plan({ messageId });
    const nobody = await plan({ messageId, fields: {} });
    await (await senders()).drain();
    expect((await delivery(ann.deliveryId)).status).toMatch(/sent|delivered/);
    expect(await delivery(nobody.deliveryId)).toMatchObject({
      state: 'cancelled',
      status: 'cancelled',
      reason: 'missing contact.first_name',
      provider_answer: expect.stringContaining(
        '/html, line 1: The variable contact.first_name is missing.',
      ),
    });
    expect(await told()).toContainEqual(
      expect.objectContaining({
        deliveryId: nobody.deliveryId,
        status: 'cancelled',
        reason: 'missing contact.first_name',
      }),
    );
  },
);

test('fallbacks speak the language of the message, else the default one', async () => {
  const text = { subject: 'S', html: '<p>{{ contact.first_name }}</p>', text: 'x' };
  const messageId = await world.message({
    workspaceId,
    content: { en: text, uk: text, de: text },
    personalisation: {
      on_missing: 'dont_send',
      fallbacks: { 'contact.first_name': { en: 'friend', uk: 'друже' } },
    },
  });
  const written = async (language: string) => {
    const { deliveryId } = await plan({ messageId, fields: { language } });
    await (await senders()).drain();
    return (await sandboxMessage(deliveryId)).content.html as string;
  };
  expect(await written('uk')).toContain('<p>друже</p>');
  expect(await written('de')).toContain('<p>friend</p>');
});

/** What other threads of work do is seen by asking again. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  let stopped = false;
  onTestFinished(() => {
    stopped = true;
  });
  while (!stopped && !(await isTrue())) await new Promise((done) => setImmediate(done));
}

import PostalMime from 'postal-mime';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../db/test-database.ts';
import { createDeliveryKeys } from './delivery-key.ts';
import { plannedWorld, testBox, testRenderPool } from './test-senders.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

const { world, begin, plan, delivery, smtp, senders } = await plannedWorld({ pool, renderPool });
let workspaceId = 0;
let advance: (ms: number) => void = () => {};
beforeEach(async () => {
  const begun = await begin();
  ({ workspaceId } = begun);
  ({ advance } = begun.clock);
});

const HTML = `<h1>Привіт, {{ contact.first_name }}</h1><p>Read <a href="https://shop.example/a?b=1&amp;c=2">this</a>.</p>
  <p><a href="{{ view_url }}">In the browser</a> <a href="{{ unsubscribe_url }}">Unsubscribe</a></p>`;

test('marketing leaves with a way out in one click, a page in the browser, and a text made of its HTML', async () => {
  const server = await smtp();
  const content = { en: { subject: 'Привіт 🎉', html: HTML } };
  const { deliveryId } = await plan({ messageId: await world.message({ workspaceId, content }) });
  await (await senders()).drain();
  expect(await delivery(deliveryId)).toMatchObject({ status: 'sent' });
  const mail = await PostalMime.parse(server.accepted[0]!);
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
  expect(mail.subject).toBe('Привіт 🎉');
  expect(header('list-unsubscribe')).toMatch(/^<https?:\/\/[^>]+\/u\/[^>]+>$/);
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(header('list-id')).toMatch(/^<[^<>\s]+>$/);
  expect(mail.html).toMatch(/href="https?:\/\/[^"]+\/v\/[^"]+"/);
  expect(mail.text).toContain('Привіт, Ann');
  expect(mail.text).toMatch(/this/);
  expect(mail.text).not.toMatch(/<\w+/);
});

test('a message that is tried again is named by its delivery, as it was before', async () => {
  const server = await smtp();
  const { deliveryId } = await plan();
  server.departAt('end', '450 4.7.1 later please');
  const running = await senders();
  await running.drain();
  expect(await delivery(deliveryId)).toMatchObject({ state: 'planned', attempts: 1 });
  expect(server.accepted).toEqual([]);
  server.departAt(undefined);
  advance(3_600_000);
  await running.beat();
  await running.drain();
  expect(await delivery(deliveryId)).toMatchObject({ status: 'sent', attempts: 2 });
  const { messageId, headers } = await PostalMime.parse(server.accepted[0]!);
  const key = createDeliveryKeys(testBox).of(deliveryId);
  expect(messageId?.slice(1)).toMatch(new RegExp(`^${key}@`));
  expect(headers).toContainEqual(expect.objectContaining({ key: 'x-delivery', value: key }));
});

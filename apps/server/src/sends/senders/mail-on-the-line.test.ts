import PostalMime from 'postal-mime';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../db/test-database.ts';
import { plannedWorld, testRenderPool } from './test-senders.ts';

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

test('a message that is tried again has the same Message-ID, and the same parts', async () => {
  const server = await smtp();
  const { deliveryId } = await plan();
  server.departAt('mail', '450 4.7.1 later please');
  const running = await senders();
  await running.drain();
  expect(await delivery(deliveryId)).toMatchObject({ state: 'planned', attempts: 1 });
  server.departAt('end', 'drop');
  advance(3_600_000);
  await running.beat();
  await running.drain();
  server.departAt(undefined);
  const other = await plan();
  advance(60_000);
  await running.beat();
  await running.drain();
  expect(await delivery(other.deliveryId)).toMatchObject({ status: 'sent' });
  const mails = await Promise.all(server.accepted.map((raw) => PostalMime.parse(raw)));
  const ids = mails.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^<[0-9a-z]+_[0-9a-f]{16}@[^>]+>$/);
});

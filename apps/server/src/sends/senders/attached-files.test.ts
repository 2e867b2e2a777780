import PostalMime from 'postal-mime';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
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

const { world, begin, plan, delivery, sandboxMessage, smtp, senders } = await plannedWorld({
  pool,
  renderPool,
});

let workspaceId = 0;
beforeEach(async () => {
  const begun = await begin();
  ({ workspaceId } = begun);
  clock = begun.clock.now;
});

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200_000)]);

type Personalisation = NonNullable<Parameters<typeof world.message>[0]['personalisation']>;

const message = (attachments: { url: string; name?: string }[], more: Personalisation = {}) =>
  world.message({
    workspaceId,
    content: { en: { subject: 'S', html: '<p>x</p>', text: 'x', attachments } },
    personalisation: more,
  });

test('files arrive as they were fetched, one of all contacts once, and each contact its own', async () => {
  const server = await smtp();
  const site = await startTestSite((request, response) =>
    response.end(request.url === '/terms.pdf' ? PDF : `of ${request.url}`),
  );
  const messageId = await message([
    { url: `${site.url}/terms.pdf` },
    { url: `${site.url}/list/{{ contact.first_name }}`, name: 'Для {{ contact.first_name }}.txt' },
  ]);
  const ids: number[] = [];
  for (const first_name of ['Ann', 'Боб']) {
    ids.push((await plan({ messageId, fields: { first_name } })).deliveryId);
  }
  const running = await senders();
  await running.drain();
  for (const id of ids) expect(await delivery(id)).toMatchObject({ status: 'sent', attempts: 1 });
  const mails = await Promise.all(server.accepted.map((raw) => PostalMime.parse(raw)));
  const files = mails.map(({ attachments }) =>
    attachments.map(({ filename, mimeType, content }) => ({
      filename,
      mimeType,
      content: Buffer.from(content as ArrayBuffer),
    })),
  );
  for (const [terms] of files) {
    expect(terms).toMatchObject({ filename: 'terms.pdf', mimeType: 'application/pdf' });
    expect(terms!.content.equals(PDF)).toBe(true);
  }
  expect(new Set(files.map(([, own]) => own!.content.toString()))).toEqual(
    new Set(['of /list/Ann', `of /list/${encodeURIComponent('Боб')}`]),
  );
  expect(new Set(files.map(([, own]) => own!.filename))).toEqual(
    new Set(['Для Ann.txt', 'Для Боб.txt']),
  );
  expect(site.asked.filter((path) => path === '/terms.pdf')).toHaveLength(1);
  expect(running.errors).toEqual([]);
});

test('the outbox says which files went, and keeps no copies of them', async () => {
  const site = await startTestSite((_, response) => response.end(PDF));
  const url = `${site.url}/terms.pdf`;
  const { deliveryId } = await plan({ messageId: await message([{ url }]) });
  await (await senders()).drain();
  const { content, raw } = await sandboxMessage(deliveryId);
  expect(content.attachments).toEqual([
    { url, name: 'terms.pdf', type: 'application/pdf', size: PDF.length },
  ]);
  const mail = await PostalMime.parse(raw);
  expect(mail.attachments).toMatchObject([{ filename: 'terms.pdf' }]);
  expect(raw!.length).toBeLessThan(5_000);
});

test.each(['the outbox', 'a provider'])(
  'what cannot be fetched, or must not be sent, is left out or keeps the message back: %s',
  async (where) => {
    const server = where === 'a provider' ? await smtp() : undefined;
    const site = await startTestSite((request, response) => {
      if (request.url === '/gone.pdf') response.writeHead(404).end();
      else response.end(request.url === '/tool.exe' ? 'MZ' : PDF);
    });
    const cases = ['/gone.pdf', '/tool.exe'].flatMap((path) =>
      (['empty', 'dont_send', 'retry'] as const).map((on_fetch_failure) => ({
        path,
        on_fetch_failure,
      })),
    );
    const planned = [];
    for (const { path, on_fetch_failure } of cases) {
      const files = [{ url: site.url + path }, { url: `${site.url}/good.pdf` }];
      planned.push(await plan({ messageId: await message(files, { on_fetch_failure }) }));
    }
    await (await senders()).drain();
    const found = await Promise.all(planned.map(({ deliveryId }) => delivery(deliveryId)));
    const left = server ? 'sent' : 'delivered';
    expect(found.map(({ status, reason }) => [status, reason])).toEqual([
      [left, null],
      ['cancelled', 'content not fetched'],
      ['queued', 'content not fetched'],
      [left, null],
      ['cancelled', 'content not fetched'],
      // It will be a program tomorrow, too.
      ['cancelled', 'content not fetched'],
    ]);
    expect(found[4]!.provider_answer).toMatch(/^\/attachments\/0: .*tool\.exe is a \.exe file/);
    if (!server) return;
    for (const raw of server.accepted) {
      const { attachments } = await PostalMime.parse(raw);
      expect(attachments.map(({ filename }) => filename)).toEqual(['good.pdf']);
    }
    expect(server.accepted).toHaveLength(2);
  },
);

test('files that are too large, alone or together, do not leave', async () => {
  await smtp();
  const site = await startTestSite((request, response) =>
    response.end(Buffer.alloc(request.url === '/huge.txt' ? 7_000_001 : 4_000_000, 'x')),
  );
  const alone = await plan({ messageId: await message([{ url: `${site.url}/huge.txt` }]) });
  const together = await plan({
    messageId: await message([{ url: `${site.url}/a.txt` }, { url: `${site.url}/b.txt` }]),
  });
  await (await senders()).drain();
  expect(await delivery(alone.deliveryId)).toMatchObject({
    status: 'cancelled',
    provider_answer: expect.stringContaining('huge.txt is larger than 7 MB.'),
  });
  expect(await delivery(together.deliveryId)).toMatchObject({
    status: 'cancelled',
    provider_answer: expect.stringContaining('With b.txt the files are larger than 7 MB together.'),
  });
});

test('addresses inside of the house are closed', async () => {
  await smtp();
  const inside = await plan({ messageId: await message([{ url: 'http://10.0.0.1/a.pdf' }]) });
  await (await senders()).drain();
  expect(await delivery(inside.deliveryId)).toMatchObject({
    reason: 'content not fetched',
    provider_answer: expect.stringContaining('10.0.0.1'),
  });
});

test.each(['', ' '])(
  'an address that comes out as "%s" is a file that nobody gets',
  async (blank) => {
    const site = await startTestSite((_, response) => response.end(PDF));
    const url = `{% if contact.plan %}${site.url}/a.pdf{% endif %}${blank}`;
    const { deliveryId } = await plan({ messageId: await message([{ url }]) });
    await (await senders()).drain();
    expect((await sandboxMessage(deliveryId)).content.attachments).toEqual([]);
    expect(site.asked).toEqual([]);
  },
);

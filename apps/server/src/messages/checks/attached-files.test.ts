import { randomBytes } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { categoryRoutes } from '../../categories/index.ts';
import { createEgress } from '../../egress/index.ts';
import { testApp } from '../../http/test-app.ts';
import { startTestSite } from '../fetching/test-site.ts';
import { checkRoutes, createRenderPool, messageRoutes } from '../index.ts';

const http = createEgress({ allow: ['127.0.0.1'], answerBytes: 1_000_000 });
const renderPool = createRenderPool({
  publicUrl: 'https://news.example',
  tokenKey: randomBytes(32),
  size: 1,
  fetching: { http, clock: () => new Date() },
});
afterAll(async () => {
  await renderPool.close();
  await http.close();
});

const { call, addKey } = await testApp({
  routes: [
    ...messageRoutes({ renderPool }),
    ...checkRoutes({ renderPool, egress: http }),
    ...categoryRoutes({ findCategoryUses: async () => [] }),
  ],
});

const plain = { subject: 'S', html: '<p>x</p>', text: 'x' };

async function save(attachments: object[]) {
  return call('POST', '/messages', {
    body: { name: 'A', channel: 'email', content: { en: { ...plain, attachments } } },
  });
}

test('files are looked at: each that cannot go is named, and the others have their size', async () => {
  const site = await startTestSite((request, response) => {
    if (request.url === '/gone.pdf') response.writeHead(404).end();
    else if (request.url === '/tool.exe') response.end('MZ');
    else response.end(Buffer.alloc(3_000_000, 'x'));
  });
  const made = await save(
    ['/gone.pdf', '/tool.exe', '/big.txt'].map((path) => ({ url: site.url + path })),
  );
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const { body } = await call('POST', `/messages/${made.body.id}/check`, { body: {} });
  const about = body.findings.filter(({ check }: { check: string }) => check === 'attached_files');
  expect(about).toMatchObject([
    { severity: 'error', path: '/attachments/0/url', message: expect.stringContaining('404') },
    { severity: 'error', path: '/attachments/1/url', message: expect.stringContaining('.exe') },
    { severity: 'warning', path: '/attachments', message: expect.stringContaining('3 MB') },
  ]);
  const preview = await call('POST', `/messages/${made.body.id}/preview`, { body: {} });
  expect(preview.body.content.attachments).toMatchObject([
    { problem: expect.stringContaining('404') },
    { problem: expect.stringContaining('.exe') },
    { name: 'big.txt', type: 'text/plain', size: 3_000_000 },
  ]);
});

test('who may only read sees which files there are, and makes nobody fetch them', async () => {
  const site = await startTestSite((_, response) => response.end('x'));
  const made = await save([{ url: `${site.url}/a.txt`, name: 'A' }]);
  const reader = await addKey({ rights: ['contacts.read'] });
  const { status, body } = await call('POST', `/messages/${made.body.id}/preview`, {
    as: reader,
    body: {},
  });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.content.attachments).toEqual([{ url: `${site.url}/a.txt`, name: 'A' }]);
  expect(site.asked).toEqual([]);
});

test.each([
  ['{{ contact.url }}/a.pdf', '/content/en/attachments/0/url'],
  ['https://{{ contact.host }}/a.pdf', '/content/en/attachments/0/url'],
  ['https://a.example{{ contact.rest }}', '/content/en/attachments/0/url'],
  ['ftp://a.example/a.pdf', '/content/en/attachments/0/url'],
  ['https://me:secret@a.example/a.pdf', '/content/en/attachments/0/url'],
  ['https://a.example/{{ contact.', '/content/en/attachments/0/url'],
])('the address %j is refused, at its place', async (url, path) => {
  const { status, body } = await save([{ url }]);
  expect(status).toBe(422);
  expect(body.errors).toEqual([expect.objectContaining({ path })]);
});

test('eleven files are too many', async () => {
  const files = Array.from({ length: 11 }, (_, i) => ({ url: `https://a.example/${i}.pdf` }));
  const { status, body } = await save(files);
  expect(status).toBe(422);
  expect(body.errors[0].path).toBe('/content/en/attachments');
});

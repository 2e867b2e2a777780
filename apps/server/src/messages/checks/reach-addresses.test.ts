import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createEgress } from '../../egress/index.ts';
import type { CheckSubject } from './check.ts';
import { reachAddresses } from './reach-addresses.ts';
import { readPage } from './read-page.ts';

/** A web server that every name of the message leads to, and the names it was asked by. */
async function site(answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  const egress = createEgress({
    allow: ['127.0.0.1'],
    resolve: (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await egress.close();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const { port } = server.address() as AddressInfo;
  return { egress, asked, origin: `http://shop.example:${port}` };
}

function subject(html: string): CheckSubject {
  return {
    channel: 'email',
    language: 'en',
    defaultLanguage: 'en',
    drafts: { en: { html } },
    draft: { html },
    content: { html },
    rendered: { html },
    page: readPage(html),
    pagePath: '/html',
    isMarketing: false,
    reads: [],
    contactFields: new Set(),
    unknownSecrets: [],
  };
}

test('what is there, by whatever way, is no finding', async () => {
  const { egress, origin, asked } = await site((request, response) => {
    if (request.url === '/old') response.writeHead(302, { location: '/new' });
    if (request.url === '/get' && request.method === 'HEAD') response.statusCode = 405;
    response.end();
  });
  const html = ['/old', '/get', '/get'].map((path) => `<a href="${origin}${path}">x</a>`).join('');
  const result = await reachAddresses(egress, { subjects: [subject(html)], from: 0 });
  expect(result).toMatchObject({ findings: [], reached: { done: 2, total: 2 } });
  expect(asked.toSorted()).toEqual(['GET /get', 'HEAD /get', 'HEAD /new', 'HEAD /old']);
});

test.each<[string, RequestListener, string, RegExp]>([
  ['is gone', (_, response) => response.writeHead(404).end(), 'error', /answers 404/],
  ['is broken', (_, response) => response.writeHead(500).end(), 'warning', /answers 500/],
  ['asks who it is', (_, response) => response.writeHead(403).end(), 'hint', /answers 403/],
  ['breaks off', (request) => request.socket.destroy(), 'error', /cannot be reached/],
  [
    'leads in a circle',
    (_, response) => response.writeHead(301, { location: '/' }).end(),
    'error',
    /redirects more than 5 times/,
  ],
])('a link that %s', async (_name, answer, severity, message) => {
  const { egress, origin } = await site(answer);
  const html = `\n<a href="${origin}/">x</a>`;
  const { findings } = await reachAddresses(egress, { subjects: [subject(html)], from: 0 });
  expect(findings).toMatchObject([
    { check: 'reach_links', severity, line: 2, message: expect.stringMatching(message) },
  ]);
});

test.each<[string, Record<string, string>, string, RegExp]>([
  ['is a page', { 'content-type': 'text/html' }, 'error', /no picture but text\/html/],
  ['is heavy', { 'content-type': 'image/png', 'content-length': '400000' }, 'hint', /391 KB/],
  ['is huge', { 'content-type': 'image/png', 'content-length': '4000000' }, 'warning', /3907 KB/],
])('a picture that %s', async (_name, headers, severity, message) => {
  const { egress, origin } = await site((_, response) => response.writeHead(200, headers).end());
  const html = `<img src="${origin}/a.png">`;
  const { findings } = await reachAddresses(egress, { subjects: [subject(html)], from: 0 });
  expect(findings).toMatchObject([
    { check: 'reach_images', severity, message: expect.stringMatching(message) },
  ]);
});

test('a name that leads into the own network is not asked', async () => {
  const { origin, asked } = await site((_, response) => response.end());
  const guarded = createEgress({
    allow: [],
    resolve: (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  onTestFinished(() => guarded.close());
  const html = `<a href="${origin}/">x</a>`;
  const { findings } = await reachAddresses(guarded, { subjects: [subject(html)], from: 0 });
  expect(findings).toMatchObject([{ severity: 'error' }]);
  expect(asked).toEqual([]);
});

test('many are asked a few at a time, until all were', async () => {
  const { egress, origin } = await site((_, response) => response.writeHead(404).end());
  const html = Array.from({ length: 11 }, (_, i) => `<a href="${origin}/${i}">x</a>`).join('');
  const subjects = [subject(html)];
  const first = await reachAddresses(egress, { subjects, from: 0 });
  expect(first.reached).toEqual({ done: 8, total: 11 });
  const last = await reachAddresses(egress, { subjects, from: first.reached!.done });
  expect(last.reached).toEqual({ done: 11, total: 11 });
  expect(first.findings.length + last.findings.length).toBe(11);
});

import { expect, onTestFinished, test } from 'vitest';
import { createEgress } from '../../egress/index.ts';
import { createContentFetcher } from './content-fetcher.ts';
import { FETCH_LIMITS, type FetchCall } from './fetch-call.ts';
import { startTestSite } from './test-site.ts';

const START = Date.parse('2026-03-01T09:30:00Z');

function fetcher({ allow = ['127.0.0.1'] }: { allow?: string[] } = {}) {
  let now = START;
  const http = createEgress({ allow, answerBytes: FETCH_LIMITS.bytes });
  onTestFinished(() => http.close());
  const made = createContentFetcher({ http, clock: () => new Date(now) });
  return { ...made, advance: (ms: number) => (now += ms) };
}

const call = (url: string, parts: Partial<FetchCall> = {}): FetchCall => ({
  url,
  format: 'json',
  cacheSeconds: 300,
  timeoutMs: 2_000,
  ...parts,
});

test('an answer is kept for as long as a call says, in its workspace', async () => {
  const site = await startTestSite((_, response) => response.end('{"n":1}'));
  const { fetch, peek, advance } = fetcher();
  expect(await peek(1, call(site.url))).toBeUndefined();
  expect(await fetch(1, call(site.url))).toEqual({ ok: true, body: '{"n":1}' });
  await fetch(1, call(site.url));
  expect(site.asked).toHaveLength(1);
  advance(100_000);
  expect(await peek(1, call(site.url))).toBeDefined();
  expect(await peek(1, call(site.url, { cacheSeconds: 60 }))).toBeUndefined();
  expect(await peek(2, call(site.url))).toBeUndefined();
  await fetch(2, call(site.url));
  await fetch(1, call(site.url, { cacheSeconds: 60 }));
  expect(site.asked).toHaveLength(3);
});

test('calls for the same thing at the same time are one', async () => {
  const held: (() => void)[] = [];
  const site = await startTestSite((_, response) => held.push(() => response.end('{}')));
  const { fetch } = fetcher();
  const many = Array.from({ length: 50 }, () => fetch(1, call(`${site.url}/same`)));
  await site.askedTimes(1);
  for (const release of held) release();
  expect(await Promise.all(many)).toEqual(
    Array.from({ length: 50 }, () => ({ ok: true, body: '{}' })),
  );
  expect(site.asked).toEqual(['/same']);
});

test.each<[string, number, string, RegExp]>([
  ['an error', 404, 'no', /127\.0\.0\.1:\d+ answered 404\.$/],
  ['a redirect', 302, '', /answered 302\. Redirects are not followed\.$/],
  ['what is not JSON', 200, '<html>', /not JSON/],
  ['too much', 200, JSON.stringify('x'.repeat(1_100_000)), /more than 1 MB/],
])('%s is no answer, and is not asked for again at once', async (_, status, body, reason) => {
  const site = await startTestSite((__, response) =>
    response.writeHead(status, { location: 'http://169.254.169.254/' }).end(body),
  );
  const { fetch, advance } = fetcher();
  const expected = { ok: false, reason: expect.stringMatching(reason) };
  expect(await fetch(1, call(site.url))).toEqual(expected);
  expect(await fetch(1, call(site.url))).toEqual(expected);
  expect(site.asked).toHaveLength(1);
  advance(31_000);
  await fetch(1, call(site.url));
  expect(site.asked).toHaveLength(2);
});

test.each([
  'http://127.0.0.1:9/',
  'http://169.254.169.254/latest/meta-data',
  'http://localhost:9/',
])('%s is not asked at all', async (url) => {
  expect(await fetcher({ allow: [] }).fetch(1, call(url))).toEqual({
    ok: false,
    reason: expect.stringContaining('not a public address'),
  });
});

test('text is taken as it is', async () => {
  const site = await startTestSite((_, response) => response.end('plain <b>'));
  expect(await fetcher().fetch(1, call(site.url, { format: 'text' }))).toEqual({
    ok: true,
    body: 'plain <b>',
  });
});

test('a host that fails again and again is left alone, then tried with one call', async () => {
  let isBroken = true;
  const site = await startTestSite((_, response) =>
    response.writeHead(isBroken ? 503 : 200).end('{}'),
  );
  const { fetch, advance } = fetcher();
  for (let i = 0; i < 5; i += 1) await fetch(1, call(`${site.url}/${i}`));
  expect(await fetch(1, call(`${site.url}/more`))).toEqual({
    ok: false,
    reason: expect.stringMatching(/failed repeatedly and is left alone until 2026-03-01T09:30:10/),
  });
  expect(site.asked).toHaveLength(5);
  advance(11_000);
  // Still broken: longer this time.
  await fetch(1, call(`${site.url}/probe`));
  advance(11_000);
  await fetch(1, call(`${site.url}/early`));
  expect(site.asked).toHaveLength(6);
  isBroken = false;
  advance(10_000);
  expect(await fetch(1, call(`${site.url}/well`))).toMatchObject({ ok: true });
  expect(await fetch(1, call(`${site.url}/again`))).toMatchObject({ ok: true });
});

test('few calls go to one host at a time, and those to others do not wait for them', async () => {
  const held: (() => void)[] = [];
  const slow = await startTestSite((_, response) => held.push(() => response.end('{}')));
  const quick = await startTestSite((_, response) => response.end('{}'));
  const { fetch } = fetcher();
  const waiting = Array.from({ length: 1_006 }, (_, i) => fetch(1, call(`${slow.url}/${i}`)));
  await slow.askedTimes(6);
  // Six under way, a thousand in line: the next is told so.
  expect(await fetch(1, call(`${slow.url}/late`))).toBeUndefined();
  expect(await fetch(1, call(quick.url))).toMatchObject({ ok: true });
  expect(slow.asked).toHaveLength(6);
  const released = Promise.all(waiting);
  for (let done = 0; done < 1_006; done += 1) {
    await slow.askedTimes(done + 1);
    held[done]!();
  }
  expect((await released).every((answer) => answer?.ok)).toBe(true);
});

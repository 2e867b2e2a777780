/** Every route of the management API, with bodies, paths and queries that it was not made for. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readTestConfig } from '../config.ts';
import { createEgress } from '../egress/index.ts';
import type { ManageRoute } from '../http/index.ts';
import { testApp } from '../http/test-app.ts';
import { createInbox, createResults } from '../inbox/index.ts';
import { createRenderPool, recipientTokenKey } from '../messages/index.ts';
import { initialiseInstallation } from '../slots/index.ts';
import { manageRoutes } from './routes.ts';

const { fuzzSeed } = readTestConfig();
const routes: ManageRoute[] = [];
const clock = (): Date => new Date(Date.UTC(2026, 2, 2, 10));

const { app, key, pool } = await testApp({
  routes: ({ box, pool }) => {
    const inbox = createInbox({ pool, clock });
    const results = createResults({ pool });
    const renderPool = createRenderPool({
      publicUrl: 'http://localhost',
      tokenKey: recipientTokenKey(box),
      size: 1,
    });
    afterAll(async () => {
      results.close();
      await inbox.close();
      await renderPool.close();
    });
    // Nothing is applied here: whoever waits for an item is told to come back.
    const impatient = {
      ...results,
      wait: (ticket: string) => results.wait(ticket, { timeoutMs: 1 }),
    };
    const parts = { pool, box, publicUrl: undefined, inbox, results: impatient, clock };
    routes.push(
      ...manageRoutes({
        ...parts,
        renderPool,
        slots: 64,
        egress: createEgress({ allow: [] }),
      }),
    );
    return routes;
  },
});

await initialiseInstallation(pool, { now: clock() });

const inside = routes.filter(({ right }) => right !== 'self' && right !== 'anyone');
const withBody = inside.filter(({ body }) => body !== undefined);
const named = (some: ManageRoute[]): [string, ManageRoute][] =>
  some.map((route) => [`${route.method} ${route.url}`, route]);

const NASTY: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 63,
  '',
  ' ',
  'x'.repeat(10_000),
  '__proto__',
  '\u0000\ud800',
  "'; drop table contacts; --",
  '{{ contact.email }}',
  '{% for x in',
  '99999999999999999999',
  '0000-02-30T25:61:61Z',
  [],
  {},
  [[[]]],
  { a: { b: null } },
];

const WHOLE = ['null', '7', '"text"', '[]', '{}', '[{}]', '{"__proto__":{"a":1}}', '{"a":1e400}'];

async function call(route: ManageRoute, path: string, payload?: string) {
  const answer = await app.inject({
    method: route.method,
    url: `/manage/v1${path}`,
    headers: { ...key, ...(payload !== undefined && { 'content-type': 'application/json' }) },
    ...(payload !== undefined && { payload }),
  });
  const said = `${route.method} ${path} ${payload?.slice(0, 500)}: ${answer.payload.slice(0, 500)}`;
  return { status: answer.statusCode, said };
}

function pathOf({ url, example }: ManageRoute, value = '999999'): string {
  return url.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(value === '999999' ? (example?.params?.[name] ?? value) : value),
  );
}

/** 503 is the answer to who waits for what nobody applies here. */
function expectAnswered({ status, said }: { status: number; said: string }): void {
  expect(status === 503 ? 400 : status, said).toBeLessThan(500);
}

test.each(named(withBody))('%s answers bodies that are no such thing', async (_name, route) => {
  for (const text of WHOLE) expectAnswered(await call(route, pathOf(route), text));
  for (const text of ['', '{', '{"a":', '\u0000', '{}{}', '['.repeat(1000)]) {
    const answer = await call(route, pathOf(route), text);
    expectAnswered(answer);
    if (text !== '') expect(answer.status, answer.said).toBeGreaterThanOrEqual(400);
  }
});

const withExample = withBody.filter(({ example }) => example?.body !== undefined);

test.each(named(withExample))('%s answers its example with wrong members', async (_name, route) => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.constantFrom(...NASTY), async (at, value) => {
      const body = structuredClone(route.example!.body) as object;
      const places = placesOf(body);
      const [parent, name] = places[at % Math.max(1, places.length)] ?? [body, 'a'];
      (parent as Record<string, unknown>)[name] = value;
      expectAnswered(await call(route, pathOf(route), JSON.stringify(body)));
    }),
    { numRuns: 25, seed: fuzzSeed },
  );
});

function placesOf(value: object): [object, string][] {
  return Object.entries(value).flatMap(([name, inner]) => [
    [value, name] as [object, string],
    ...(typeof inner === 'object' && inner !== null ? placesOf(inner as object) : []),
  ]);
}

const ODD = [
  '0',
  '-1',
  '1e3',
  '9'.repeat(30),
  "1'--",
  '\u0000',
  '\u{1f600}',
  '..',
  'x'.repeat(400),
];

test.each(named(inside.filter(({ url }) => url.includes(':'))))(
  '%s answers odd values in its path',
  async (_name, route) => {
    for (const value of ODD) {
      const payload = route.body && JSON.stringify(route.example?.body ?? {});
      expectAnswered(await call(route, pathOf(route, value), payload));
    }
  },
);

test.each(named(inside.filter(({ query }) => query !== undefined)))(
  '%s answers odd values in its query',
  async (_name, route) => {
    const shape = (route.query as { shape?: object }).shape ?? {};
    const payload = route.body && JSON.stringify(route.example?.body ?? {});
    for (const member of [...Object.keys(shape), 'limit', 'cursor', '__proto__']) {
      for (const value of [...ODD, '{', '[]', '%', '']) {
        const query = `?${member}=${encodeURIComponent(value)}`;
        expectAnswered(await call(route, pathOf(route) + query, payload));
      }
    }
  },
);

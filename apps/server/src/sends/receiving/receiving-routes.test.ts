import { expect, test } from 'vitest';
import { testApp } from '../../http/test-app.ts';
import { tellSlowdown } from './limit-queries.ts';
import { receivingRoutes } from './routes.ts';

const { call, pool, clock, workspace, addWorkspace, addKey, logIn } = await testApp({
  routes: receivingRoutes,
});

const put = (limits: object[]) => call('PUT', '/receiving_limits', { body: { limits } });

test('limits are set all at once, their domains as DNS knows them', async () => {
  const { status, body } = await put([
    { domains: ['GMAIL.com', 'googlemail.com'], rate_per_second: 20 },
    { domains: ['jõgeva.example'], connections: 2 },
  ]);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.limits).toEqual([
    { domains: ['gmail.com', 'googlemail.com'], rate_per_second: 20, connections: null },
    { domains: ['xn--jgeva-dua.example'], rate_per_second: null, connections: 2 },
  ]);
  expect((await put([])).body.limits).toEqual([]);
});

test.each([
  [[{ domains: ['gmail.com'] }], '/limits/0'],
  [[{ domains: [], rate_per_second: 1 }], '/limits/0/domains'],
  [[{ domains: ['nowhere'], rate_per_second: 1 }], '/limits/0/domains/0'],
  [
    [
      { domains: ['a.example'], rate_per_second: 1 },
      { domains: ['b.example', 'A.example'], rate_per_second: 2 },
    ],
    '/limits/1/domains/1',
  ],
  [[{ domains: ['a.example'], rate_per_second: 0 }], '/limits/0/rate_per_second'],
  [[{ domains: ['a.example'], connections: 1.5 }], '/limits/0/connections'],
])('%j is refused, and says where', async (limits, path) => {
  const answer = await put(limits);
  expect([400, 422]).toContain(answer.status);
  expect(answer.body.errors).toMatchObject([{ path }]);
});

test('what senders told within the hour is shown, in its own workspace only', async () => {
  await put([{ domains: ['gmail.com'], rate_per_second: 20 }]);
  const slowdown = { domain: 'gmail.com', rate_per_second: 2.5, answer: '4.7.28 rate' };
  const at = clock.now();
  await tellSlowdown(pool, { workspaceId: workspace.id, slowdown: { ...slowdown, at } });
  const as = await addKey({ workspaceId: (await addWorkspace('other')).id });
  expect((await call('GET', '/receiving_limits')).body.slowed).toMatchObject([slowdown]);
  expect((await call('GET', '/receiving_limits', { as })).body).toEqual({ limits: [], slowed: [] });
  clock.advance(61 * 60_000);
  expect((await call('GET', '/receiving_limits')).body.slowed).toEqual([]);
});

test('takes the right to change settings', async () => {
  const as = await logIn('auditor');
  expect((await call('GET', '/receiving_limits', { as })).status).toBe(200);
  const answer = await call('PUT', '/receiving_limits', { as, body: { limits: [] } });
  expect(answer.status).toBe(403);
});

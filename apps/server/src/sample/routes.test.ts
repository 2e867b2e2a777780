import { expect, test } from 'vitest';
import { testApp } from '../http/test-app.ts';
import { inTransaction } from '../db/index.ts';
import { insertSample } from './queries.ts';
import { sampleRoutes } from './routes.ts';

const { call, pool, addWorkspace, addKey, logIn, clock } = await testApp({ routes: sampleRoutes });

const sample = await addWorkspace('stride');
await inTransaction(pool, (tx) =>
  insertSample(tx, { workspaceId: sample.id, until: clock.now(), reachedAt: clock.now() }),
);
const as = await addKey({ workspaceId: sample.id });

test('the simulator of the sample is on until it is switched off', async () => {
  expect((await call('GET', '/simulator', { as })).body).toEqual({ running: true });
  const off = await call('PATCH', '/simulator', { as, body: { running: false } });
  expect(off).toMatchObject({ status: 200, body: { running: false } });
  expect((await call('GET', '/simulator', { as })).body).toEqual({ running: false });
  await call('PATCH', '/simulator', { as, body: { running: true } });
  expect((await call('GET', '/simulator', { as })).body).toEqual({ running: true });
});

test('other workspaces have none, and cannot switch the one of the sample', async () => {
  expect((await call('GET', '/simulator')).body).toEqual({ running: false });
  expect((await call('PATCH', '/simulator', { body: { running: false } })).status).toBe(409);
  expect((await call('GET', '/simulator', { as })).body).toEqual({ running: true });
});

test('who may not change settings may look', async () => {
  const auditor = await logIn('auditor', { workspaceId: sample.id });
  expect((await call('GET', '/simulator', { as: auditor })).status).toBe(200);
  const refused = await call('PATCH', '/simulator', { as: auditor, body: { running: false } });
  expect(refused.status).toBe(403);
});

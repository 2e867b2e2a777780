import { expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testApp } from '../http/test-app.ts';
import { raiseConfigVersion, readSettings, workspaceRoutes } from './index.ts';

const { call, pool, workspace, addWorkspace, addKey } = await testApp({
  routes: workspaceRoutes({ onMeantChange: async () => {} }),
});

async function configVersion(): Promise<number> {
  const { rows } = await pool.query<{ config_version: number }>(
    'select config_version from workspaces where id = $1',
    [workspace.id],
  );
  return rows[0]?.config_version ?? 0;
}

test('a caller sees the workspaces they may enter', async () => {
  await addWorkspace('other');
  const { body } = await call('GET', '/workspaces');
  expect(body.items).toMatchObject([{ id: String(workspace.id), slug: 'main', sample: false }]);
});

test('a workspace is renamed and moved, and its definitions compiled anew', async () => {
  const before = await configVersion();
  const change = { name: 'Fit', time_zone: 'Asia/Tokyo', currency: 'JPY' };
  const { body } = await call('PATCH', `/workspaces/${workspace.id}`, { body: change });
  expect(body).toMatchObject({ ...change, slug: 'main' });
  expect(await configVersion()).toBe(before + 1);
});

test('a right in one workspace is none in another', async () => {
  const other = await addWorkspace('not-mine');
  const answer = await call('PATCH', `/workspaces/${other.id}`, { body: { name: 'Mine' } });
  expect(answer.status).toBe(404);
});

test('settings have defaults, are changed one by one and go back', async () => {
  const defaults = (await call('GET', '/settings')).body;
  expect(defaults).toMatchObject({ default_language: 'en', create_fields: true });
  const change = { create_fields: false, default_language: 'uk' };
  const changed = await call('PATCH', '/settings', { body: change });
  expect(changed.body).toEqual({ ...defaults, ...change });
  expect(await readSettings(pool, { workspaceId: workspace.id })).toEqual(changed.body);
  const back = await call('PATCH', '/settings', { body: { default_language: null } });
  expect(back.body).toEqual({ ...defaults, create_fields: false });
  const stored = await pool.query('select settings from workspaces where id = $1', [workspace.id]);
  expect(stored.rows).toEqual([{ settings: { create_fields: false } }]);
});

test.each([
  [{ create_fields: 'yes' }, '/create_fields'],
  [{ unknown: 1 }, '/unknown'],
])('the settings %j are refused at %s', async (body, path) => {
  const answer = await call('PATCH', '/settings', { body });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test('a stored setting that no longer fits counts as never chosen', async () => {
  const other = await addWorkspace('old-release');
  await pool.query(`update workspaces set settings = $1 where id = $2`, [
    { default_language: 7, create_fields: false, gone: true },
    other.id,
  ]);
  const as = await addKey({ workspaceId: other.id });
  expect((await call('GET', '/settings', { as })).body).toMatchObject({
    default_language: 'en',
    create_fields: false,
  });
});

test('changes made at once are all kept', async () => {
  const other = await addWorkspace('busy');
  const as = await addKey({ workspaceId: other.id });
  await Promise.all([
    call('PATCH', '/settings', { as, body: { legacy_answers: true } }),
    call('PATCH', '/settings', { as, body: { rate_limits: true } }),
    call('PATCH', '/settings', { as, body: { simulator: false } }),
  ]);
  expect((await call('GET', '/settings', { as })).body).toMatchObject({
    legacy_answers: true,
    rate_limits: true,
    simulator: false,
  });
});

test('a change of settings is in the audit, a change of nothing is not', async () => {
  const other = await addWorkspace('audited');
  const as = await addKey({ workspaceId: other.id });
  await call('PATCH', '/settings', { as, body: { rate_limits: true } });
  await call('PATCH', '/settings', { as, body: { rate_limits: true } });
  const { rows } = await pool.query(
    `select before, after from audit where workspace_id = $1 and action = 'settings.change'`,
    [other.id],
  );
  expect(rows).toEqual([{ before: { rate_limits: false }, after: { rate_limits: true } }]);
});

test('each change of definitions has a version of its own', async () => {
  const raise = () =>
    inTransaction(pool, (tx) => raiseConfigVersion(tx, { workspaceId: workspace.id }));
  const versions = await Promise.all([raise(), raise(), raise()]);
  expect(new Set(versions).size).toBe(3);
});

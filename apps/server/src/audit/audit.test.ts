import { expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { defineRoute, nothing, type Denial, type ManageRoute } from '../http/index.ts';
import { testApp } from '../http/test-app.ts';
import { auditRoutes, changesBetween, createDenialLog, writeAudit } from './index.ts';
import { withoutSecrets } from './without-secrets.ts';

const launch: ManageRoute = defineRoute({
  method: 'POST',
  url: '/launch',
  right: 'workflows.launch',
  summary: 'Needs a right',
  response: nothing,
  handler: () => undefined,
});

const { call, pool, clock, workspace, addWorkspace, addKey, origin } = await testApp({
  routes: [...auditRoutes, launch],
});

function record(action: string, details: { workspaceId?: number; id?: number } = {}) {
  const { workspaceId = workspace.id, id = 1 } = details;
  const by = { ...origin(workspaceId), at: clock.now(), requestId: 'r-1', ip: '192.0.2.1' };
  return inTransaction(pool, (tx) =>
    writeAudit(tx, {
      by,
      action,
      object: { kind: action.split('.')[0] ?? '', id },
      before: { name: 'old' },
      after: { name: 'new', password: 'hush' },
    }),
  );
}

test('who, when, what, before and after; no secrets', async () => {
  await record('thing.rename');
  const { body } = await call('GET', '/audit?action=thing.rename');
  expect(body.items).toEqual([
    {
      id: expect.any(String),
      at: clock.now().toISOString(),
      actor: { kind: 'system', id: null, name: 'test' },
      action: 'thing.rename',
      object: { kind: 'thing', id: '1' },
      before: { name: 'old' },
      after: { name: 'new', password: '(secret)' },
      request_id: 'r-1',
      ip: '192.0.2.1',
    },
  ]);
});

test('there is no entry for a change that was rolled back', async () => {
  const change = inTransaction(pool, async (tx) => {
    await writeAudit(tx, { by: origin(), action: 'thing.undo', object: { kind: 'thing', id: 1 } });
    throw new Error('changed my mind');
  });
  await expect(change).rejects.toThrow();
  expect((await call('GET', '/audit?action=thing.undo')).body.items).toEqual([]);
});

test('newest first, in pages', async () => {
  for (let id = 1; id <= 5; id += 1) await record('page.write', { id });
  const first = await call('GET', '/audit?action=page&limit=3');
  const ids = (body: { items: { object: { id: string } }[] }) =>
    body.items.map((entry) => entry.object.id);
  expect(ids(first.body)).toEqual(['5', '4', '3']);
  const second = await call('GET', `/audit?action=page&limit=3&cursor=${first.body.next_cursor}`);
  expect(ids(second.body)).toEqual(['2', '1']);
  expect(second.body.next_cursor).toBeNull();
});

test('filters narrow by object and time', async () => {
  clock.advance(60_000);
  const from = clock.now().toISOString();
  await record('lamp.on', { id: 7 });
  clock.advance(60_000);
  await record('lamp.off', { id: 8 });
  const count = async (query: string) => (await call('GET', `/audit?${query}`)).body.items.length;
  expect(await count(`from=${from}`)).toBe(2);
  expect(await count(`from=${from}&to=${clock.now().toISOString()}`)).toBe(1);
  expect(await count('object_kind=lamp&object_id=8')).toBe(1);
  expect(await count('object_kind=lamp')).toBe(2);
  expect(await count('object_kind=lamp&actor_kind=user')).toBe(0);
});

test('the audit of another workspace is not to be seen', async () => {
  const other = await addWorkspace('other');
  await record('secretplan.write', { workspaceId: other.id });
  expect((await call('GET', '/audit?action=secretplan')).body.items).toEqual([]);
  const as = await addKey({ workspaceId: other.id });
  expect((await call('GET', '/audit?action=secretplan', { as })).body.items).toHaveLength(1);
});

test('a refused attempt is recorded once a minute', async () => {
  const errors: unknown[] = [];
  const log = createDenialLog(pool, { onError: (error) => errors.push(error) });
  const attempt = (): void => {
    const denial: Denial = {
      origin: { ...origin(workspace.id), at: clock.now() },
      method: 'POST',
      route: '/launch',
      right: 'workflows.launch',
      reason: 'forbidden',
    };
    log(denial);
  };
  attempt();
  attempt();
  clock.advance(59_000);
  attempt();
  clock.advance(2000);
  attempt();
  const recorded = async () => (await call('GET', '/audit?action=access.deny')).body.items;
  await expect.poll(async () => (await recorded()).length).toBe(2);
  expect((await recorded())[0]).toMatchObject({
    object: { kind: 'route', id: 'POST /launch' },
    after: { reason: 'forbidden', right: 'workflows.launch' },
  });
  expect(errors).toEqual([]);
});

test('a call without the right leaves its trace', async () => {
  const as = await addKey({ rights: ['audit.read'] });
  expect((await call('POST', '/launch', { as })).status).toBe(403);
  await expect
    .poll(async () => {
      const { body } = await call('GET', '/audit?action=access.deny&actor_kind=key');
      return body.items.length;
    })
    .toBe(1);
});

test('only what differs is a change', () => {
  expect(changesBetween({ a: 1, b: { c: [1] } }, { a: 2, b: { c: [1] } })).toEqual({
    before: { a: 1 },
    after: { a: 2 },
  });
  expect(changesBetween({ a: 1 }, { a: 1 })).toBeNull();
});

test.each([
  ['password', true],
  ['passwordHash', true],
  ['api_key', true],
  ['apiKey', true],
  ['client_secret', true],
  ['dkim_private_key', true],
  ['token', true],
  ['service_account_key', true],
  ['key', false],
  ['author', false],
  ['name', false],
  ['tokens_used', false],
])('a member %s is a secret: %s', (name, isSecret) => {
  const copy = withoutSecrets({ settings: [{ [name]: 'value' }] });
  expect(copy).toEqual({ settings: [{ [name]: isSecret ? '(secret)' : 'value' }] });
});

test('that there is no secret, or a flag about one, may be seen', () => {
  const value = { password: null, has_password: true };
  expect(withoutSecrets(value)).toEqual(value);
});

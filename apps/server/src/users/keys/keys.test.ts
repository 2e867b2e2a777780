import type { KeyKind } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testApp } from '../../http/test-app.ts';
import { createKey, createKeyring, userRoutes } from '../index.ts';

const { app, call, pool, clock, workspace, addWorkspace, addKey, logIn, origin } = await testApp({
  routes: ({ box }) => userRoutes({ box, publicUrl: undefined }),
});

async function newKey(kind: KeyKind): Promise<string> {
  const { token } = await inTransaction(pool, (tx) =>
    createKey(tx, { workspaceId: workspace.id, kind, by: origin(workspace.id) }),
  );
  return token;
}

test('the whole of a secret key is seen once, a public one can be shown again', async () => {
  const secret = await call('POST', '/keys', { body: { kind: 'management', name: 'CI' } });
  const open = await call('POST', '/keys', { body: { kind: 'write' } });
  expect(secret.status).toBe(201);
  expect(secret.body.token).toMatch(/^per_management_[\w-]{43}$/);
  const { body } = await call('GET', '/keys');
  const shown = Object.fromEntries(body.items.map((key: { id: string }) => [key.id, key]));
  expect(shown[secret.body.id]).not.toHaveProperty('token');
  expect(shown[secret.body.id].shown).toBe(`${secret.body.token.slice(0, 19)}…`);
  expect(shown[open.body.id].shown).toBe(open.body.token);
  const { rows } = await pool.query('select * from keys where id = $1', [secret.body.id]);
  expect(JSON.stringify(rows)).not.toContain(secret.body.token);
});

test('a key has the rights it was given, by default all of its kind', async () => {
  const write = await call('POST', '/keys', { body: { kind: 'write' } });
  expect(write.body.rights).toEqual(['contacts.write']);
  const rest = await call('POST', '/keys', { body: { kind: 'rest', rights: ['contacts.read'] } });
  expect(rest.body.rights).toEqual(['contacts.read']);
});

test('a public key that reads cannot be made', async () => {
  const body = { kind: 'mobile', rights: ['contacts.write', 'contacts.read'] };
  const answer = await call('POST', '/keys', { body });
  expect(answer).toMatchObject({ status: 422, body: { code: 'unprocessable' } });
});

test('nobody makes a key with rights they lack', async () => {
  const as = await logIn('marketer_without_contact_data');
  const asked = { kind: 'rest', rights: ['contacts.read_personal'] };
  expect((await call('POST', '/keys', { as, body: asked })).status).toBe(403);
  const { body } = await call('POST', '/keys', { as, body: { kind: 'management' } });
  expect(body.rights).toContain('workflows.write');
  expect(body.rights).not.toContain('contacts.read_personal');
  expect(body.rights).not.toContain('users.write');
});

test('only a management key opens the management API, only as a bearer', async () => {
  for (const kind of ['rest', 'write', 'mobile'] as const) {
    const as = await addKey({ kind });
    expect(await call('GET', '/keys', { as })).toMatchObject({
      status: 401,
      body: { code: 'invalid_credentials' },
    });
  }
  const token = await newKey('management');
  const basic = Buffer.from(`x:${token}`).toString('base64');
  for (const authorization of [`Basic ${basic}`, token, 'Bearer', 'Bearer x', `Bearer ${token}x`]) {
    expect((await call('GET', '/keys', { as: { authorization } })).status).toBe(401);
  }
});

test('a key stays in its workspace whatever the header says', async () => {
  const other = await addWorkspace('elsewhere');
  const as = await addKey();
  const answer = await call('GET', '/keys', { as, headers: { 'x-workspace': String(other.id) } });
  expect(answer).toMatchObject({ status: 403, body: { code: 'workspace_forbidden' } });
});

test('a revoked key dies within five seconds, in every process', async () => {
  const keyring = createKeyring(pool);
  const token = await newKey('write');
  const ask = () => keyring.authenticate({ token, kinds: ['write'], now: clock.now() });
  expect((await ask())?.workspace.id).toBe(workspace.id);
  const { rows } = await pool.query<{ id: number }>('select id from keys where shown = $1', [
    token,
  ]);
  expect((await call('DELETE', `/keys/${rows[0]?.id}`)).status).toBe(200);
  clock.advance(5000);
  expect(await ask()).toBeUndefined();
});

test('a key is looked up once in five seconds, known or not', async () => {
  let queries = 0;
  const counting = {
    query: (...args: [never]) => {
      queries += 1;
      return pool.query(...args);
    },
  } as never;
  const keyring = createKeyring(counting);
  const token = await newKey('write');
  await keyring.authenticate({ token, kinds: ['write'], now: clock.now() });
  const first = queries;
  const again = [token, token, token].map((each) =>
    keyring.authenticate({ token: each, kinds: ['write'], now: clock.now() }),
  );
  await Promise.all(again);
  expect(queries).toBe(first);
  const unknown = () =>
    keyring.authenticate({ token: 'per_write_x', kinds: ['write'], now: clock.now() });
  expect(await unknown()).toBeUndefined();
  expect(await unknown()).toBeUndefined();
  expect(queries).toBe(first + 1);
});

test('a key of another kind is none', async () => {
  const keyring = createKeyring(pool);
  const token = await newKey('write');
  const now = clock.now();
  expect(await keyring.authenticate({ token, kinds: ['rest', 'mobile'], now })).toBeUndefined();
  expect(await keyring.authenticate({ token: '', kinds: ['write'], now })).toBeUndefined();
});

test('a look-up that failed is not remembered', async () => {
  let broken = true;
  const flaky = {
    query: (...args: [never]) =>
      broken ? Promise.reject(new Error('connection lost')) : pool.query(...args),
  } as never;
  const keyring = createKeyring(flaky);
  const token = await newKey('write');
  const ask = () => keyring.authenticate({ token, kinds: ['write'], now: clock.now() });
  await expect(ask()).rejects.toThrow('connection lost');
  broken = false;
  expect(await ask()).toBeDefined();
});

test('when a key was used is known to the minute', async () => {
  const keyring = createKeyring(pool);
  const token = await newKey('write');
  const usedAt = async (): Promise<Date | null | undefined> => {
    await keyring.authenticate({ token, kinds: ['write'], now: clock.now() });
    const sql = 'select used_at from keys where shown = $1';
    return (await pool.query<{ used_at: Date | null }>(sql, [token])).rows[0]?.used_at;
  };
  const first = clock.now();
  expect(await usedAt()).toEqual(first);
  clock.advance(30_000);
  expect(await usedAt()).toEqual(first);
  clock.advance(31_000);
  expect(await usedAt()).toEqual(clock.now());
});

test('a key made and revoked is in the audit, its token is not', async () => {
  const { body } = await call('POST', '/keys', { body: { kind: 'management', name: 'Audited' } });
  await call('DELETE', `/keys/${body.id}`);
  const { rows } = await pool.query(
    `select action, before, after from audit where object_kind = 'key' and object_id = $1 order by id`,
    [body.id],
  );
  expect(rows.map((row) => row['action'])).toEqual(['key.create', 'key.revoke']);
  expect(JSON.stringify(rows)).not.toContain(body.token);
});

test('a credential in the query is none', async () => {
  const token = await newKey('management');
  expect((await app.inject(`/manage/v1/keys?access_token=${token}`)).statusCode).toBe(401);
});

import { expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testApp } from '../../http/test-app.ts';
import { createUser, foundWorkspace, userRoutes } from '../index.ts';

const { call, pool, workspace, addWorkspace, addKey, logIn, origin, key } = await testApp({
  routes: ({ box }) => userRoutes({ box, publicUrl: 'https://perennial.example' }),
});

function invite(body: object, as = key) {
  return call('POST', '/users', { as, body });
}

async function idOf(email: string): Promise<string> {
  const { rows } = await pool.query<{ id: number }>('select id from users where email = $1', [
    email,
  ]);
  return String(rows[0]?.id);
}

test('an invited user gets a link, chooses a password and is in', async () => {
  const { status, body } = await invite({ email: 'Grace@Example.com', role: 'designer' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ email: 'grace@example.com', role: 'designer', state: 'invited' });
  expect(body.link).toMatch(/^https:\/\/perennial\.example\/setup\?token=[\w-]{43}$/);
  const token = new URL(body.link).searchParams.get('token');
  const set = { as: null, body: { token, password: 'a good password' } };
  const session = await call('POST', '/session/setup', set);
  expect(session.body.workspaces).toMatchObject([{ role: 'designer' }]);
  const list = await call('GET', '/users');
  const grace = list.body.items.find((user: { id: string }) => user.id === body.id);
  expect(grace.state).toBe('active');
});

test('nobody is invited twice', async () => {
  await invite({ email: 'twice@example.com', role: 'auditor' });
  const again = await invite({ email: 'TWICE@example.com', role: 'admin' });
  expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } });
});

test('who has an account elsewhere gets a role, and no link that would set their password', async () => {
  const other = await addWorkspace('acme');
  const owner = await addKey({ workspaceId: other.id });
  const first = await invite({ email: 'both@example.com', role: 'admin' });
  expect(first.body.link).not.toBeNull();
  const second = await invite({ email: 'both@example.com', role: 'marketer' }, owner);
  expect(second).toMatchObject({ status: 201, body: { role: 'marketer', link: null } });
  const reset = await call('POST', `/users/${second.body.id}/password_reset`, { as: owner });
  expect(reset).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const lock = { as: owner, body: { disabled: true } };
  expect((await call('PATCH', `/users/${second.body.id}`, lock)).status).toBe(409);
  const removed = await call('DELETE', `/users/${second.body.id}`, { as: owner });
  expect(removed.status).toBe(204);
  const left = await call('GET', '/users');
  expect(left.body.items.map((user: { id: string }) => user.id)).toContain(first.body.id);
});

test('a role with rights that one lacks cannot be given or taken', async () => {
  const as = await addKey({ rights: ['users.write', 'contacts.read'] });
  expect((await invite({ email: 'grab@example.com', role: 'admin' }, as)).status).toBe(403);
  await logIn('admin', { email: 'boss@example.com' });
  const boss = await idOf('boss@example.com');
  const demote = { as, body: { role: 'auditor' } };
  expect((await call('PATCH', `/users/${boss}`, demote)).status).toBe(403);
  expect((await call('DELETE', `/users/${boss}`, { as })).status).toBe(403);
  expect((await call('POST', `/users/${boss}/password_reset`, { as })).status).toBe(403);
});

test('disabling a user ends their sessions, enabling lets them in again', async () => {
  const as = await logIn('marketer', { email: 'locked@example.com' });
  const id = await idOf('locked@example.com');
  const off = await call('PATCH', `/users/${id}`, { body: { disabled: true } });
  expect(off.body.state).toBe('disabled');
  expect((await call('GET', '/session', { as })).status).toBe(401);
  const on = await call('PATCH', `/users/${id}`, { body: { disabled: false } });
  expect(on.body.state).not.toBe('disabled');
});

test('a new role counts from the next call on', async () => {
  const as = await logIn('auditor', { email: 'riser@example.com' });
  expect((await call('GET', '/keys', { as })).status).toBe(403);
  await call('PATCH', `/users/${await idOf('riser@example.com')}`, { body: { role: 'marketer' } });
  expect((await call('GET', '/keys', { as })).status).toBe(200);
});

test('the last admin stays admin, also when two remove each other at once', async () => {
  const acme = await addWorkspace('two-admins');
  const at = { workspaceId: acme.id };
  const [ada, bob] = [
    await logIn('admin', { ...at, email: 'ada@two.example' }),
    await logIn('admin', { ...at, email: 'bob@two.example' }),
  ];
  const [adaId, bobId] = [await idOf('ada@two.example'), await idOf('bob@two.example')];
  const answers = await Promise.all([
    call('DELETE', `/users/${bobId}`, { as: ada }),
    call('PATCH', `/users/${adaId}`, { as: bob, body: { role: 'designer' } }),
  ]);
  expect(answers.map(({ status }) => status)).toContain(409);
  const { rows } = await pool.query(
    `select 1 from user_roles where workspace_id = $1 and role = 'admin'`,
    [acme.id],
  );
  expect(rows).toHaveLength(1);
});

test('users of another workspace cannot be seen or touched', async () => {
  const other = await addWorkspace('walled');
  const as = await addKey({ workspaceId: other.id });
  await logIn('designer', { email: 'hidden@example.com' });
  const id = await idOf('hidden@example.com');
  expect((await call('GET', '/users', { as })).body.items).toEqual([]);
  for (const [method, path, body] of [
    ['PATCH', `/users/${id}`, { role: 'auditor' }],
    ['DELETE', `/users/${id}`, undefined],
    ['POST', `/users/${id}/password_reset`, undefined],
  ] as const) {
    expect((await call(method, path, { as, body })).status).toBe(404);
  }
});

test('users come in pages', async () => {
  const other = await addWorkspace('paged');
  const as = await addKey({ workspaceId: other.id });
  for (let n = 0; n < 5; n += 1) {
    await invite({ email: `page${n}@example.com`, role: 'auditor' }, as);
  }
  const emails: string[] = [];
  let cursor = '';
  do {
    const { body } = await call('GET', `/users?limit=2${cursor && `&cursor=${cursor}`}`, { as });
    emails.push(...body.items.map((user: { email: string }) => user.email));
    cursor = body.next_cursor;
  } while (cursor);
  expect(emails).toEqual([0, 1, 2, 3, 4].map((n) => `page${n}@example.com`));
});

test('a founder is admin of the new workspace, and so is who runs all others', async () => {
  const workspaces = await pool.query<{ id: number }>('select id from workspaces');
  const roles = workspaces.rows.map(({ id }) => ({ workspaceId: id, role: 'admin' as const }));
  const { user: everywhere } = await inTransaction(pool, (tx) =>
    createUser(tx, { email: 'root@example.com', roles, by: origin() }),
  );
  const as = await logIn('admin', { email: 'founder@example.com' });
  const body = { slug: 'founded', name: 'Founded' };
  const created = await call('POST', '/workspaces', { as, body });
  expect(created).toMatchObject({ status: 201, body: { slug: 'founded', sample: false } });
  const { rows } = await pool.query<{ user_id: number }>(
    `select user_id from user_roles where workspace_id = $1 and role = 'admin'`,
    [created.body.id],
  );
  const founder = Number(await idOf('founder@example.com'));
  expect(rows.map((row) => row.user_id).sort(byNumber)).toEqual(
    [everywhere.id, founder].sort(byNumber),
  );
  expect((await call('POST', '/workspaces', { as, body })).status).toBe(409);
});

test('a workspace can receive as soon as it is there', async () => {
  const created = await inTransaction(pool, (tx) =>
    foundWorkspace(tx, { slug: 'receiving', name: 'Receiving', by: origin() }),
  );
  const { rows } = await pool.query('select mark from resolvers where workspace_id = $1', [
    created.id,
  ]);
  expect(rows).toEqual([{ mark: origin().at }]);
});

test('invitations, changes and removals are in the audit of the workspace', async () => {
  const { body } = await invite({ email: 'traced@example.com', role: 'auditor' });
  await call('PATCH', `/users/${body.id}`, { body: { role: 'designer' } });
  await call('DELETE', `/users/${body.id}`);
  const { rows } = await pool.query(
    `select workspace_id, actor_kind, action, before, after from audit
     where object_kind = 'user' and object_id = $1 order by id`,
    [body.id],
  );
  const by = { workspace_id: workspace.id, actor_kind: 'key' };
  const email = 'traced@example.com';
  expect(rows).toEqual([
    { ...by, action: 'user.invite', before: null, after: { email, role: 'auditor' } },
    { ...by, action: 'user.change', before: { role: 'auditor' }, after: { role: 'designer' } },
    { ...by, action: 'user.remove', before: { email, role: 'designer' }, after: null },
  ]);
});

function byNumber(a: number, b: number): number {
  return a - b;
}

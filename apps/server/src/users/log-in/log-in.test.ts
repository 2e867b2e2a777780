import { Secret, TOTP } from 'otpauth';
import { beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testApp, type Credentials, type TestAnswer } from '../../http/test-app.ts';
import { createLink, createUser, forgetExpired, userRoutes } from '../index.ts';

const { app, call, pool, clock, workspace, addWorkspace, origin, logIn, key } = await testApp({
  routes: ({ box }) => userRoutes({ box, publicUrl: 'https://perennial.example' }),
});

const password = 'correct horse battery';
let email = '';
let userId = 0;
let count = 0;

beforeEach(async () => {
  // Another window of attempts for each test, as they share an address.
  clock.advance(60 * 60_000);
  count += 1;
  email = `user${count}@example.com`;
  userId = await addUser({ email, password });
});

async function addUser(user: { email: string; password?: string }): Promise<number> {
  const roles = [{ workspaceId: workspace.id, role: 'marketer' as const }];
  const created = await inTransaction(pool, (tx) =>
    createUser(tx, { ...user, roles, by: origin() }),
  );
  return created.user.id;
}

function enter(body: object, headers: Record<string, string> = {}): Promise<TestAnswer> {
  return call('POST', '/session', { as: null, body, headers });
}

function cookieOf({ headers }: TestAnswer): string {
  return String(headers['set-cookie']);
}

function credentialsOf(answer: TestAnswer): Credentials {
  return {
    cookie: cookieOf(answer).split(';')[0] ?? '',
    'x-csrf-token': answer.body.csrf_token,
    'x-workspace': String(workspace.id),
  };
}

async function enableTotp(as: Credentials): Promise<string> {
  const { body } = await call('POST', '/me/totp', { as, body: {} });
  const code = codeOf(body.secret);
  expect((await call('POST', '/me/totp/confirm', { as, body: { code } })).status).toBe(204);
  return body.secret;
}

function codeOf(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: clock.now().getTime(),
  });
}

test('a password opens a session that says who and where', async () => {
  const answer = await enter({ email: email.toUpperCase(), password });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    user: { email, locale: 'en', time_zone: null, preferences: {}, totp_enabled: false },
    workspaces: [{ id: String(workspace.id), slug: 'main', role: 'marketer' }],
  });
  expect(answer.body.workspaces[0].rights).toContain('contacts.export');
  expect(answer.body.workspaces[0].rights).not.toContain('users.write');
  expect(JSON.stringify(answer.body)).not.toContain('argon2');
  const again = await call('GET', '/session', { as: credentialsOf(answer) });
  expect(again.body).toEqual(answer.body);
});

test('the cookie is out of reach of scripts and other sites, and of HTTP once HTTPS is used', async () => {
  const plain = cookieOf(await enter({ email, password }));
  expect(plain).toContain('HttpOnly');
  expect(plain).toContain('SameSite=Lax');
  expect(plain).not.toContain('Secure');
  const secure = cookieOf(await enter({ email, password }, { 'x-forwarded-proto': 'https' }));
  expect(secure).toContain('Secure');
});

test('what is stored opens nothing', async () => {
  const token = cookieOf(await enter({ email, password })).match(/=([^;]+)/)?.[1] ?? '';
  const { rows } = await pool.query(`select encode(token_hash, 'escape') as hash from sessions`);
  expect(token.length).toBeGreaterThan(40);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('a wrong password, an unknown account and a disabled one are answered alike', async () => {
  const wrong = await enter({ email, password: 'wrong wrong wrong' });
  const unknown = await enter({ email: 'nobody@example.com', password });
  await pool.query('update users set disabled_at = $1 where id = $2', [clock.now(), userId]);
  const disabled = await enter({ email, password });
  for (const answer of [wrong, unknown, disabled]) {
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
});

test('an account without a password takes none', async () => {
  await addUser({ email: `invited${count}@example.com` });
  const answer = await enter({ email: `invited${count}@example.com`, password: '' });
  expect(answer.status).toBe(401);
});

test('after ten failures the account waits, whoever tries, and the answer says how long', async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await enter({ email, password: 'wrong' })).status).toBe(401);
  }
  clock.advance(60_000);
  const limited = await enter({ email, password });
  expect(limited).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  expect(Number(limited.headers['retry-after'])).toBeLessThanOrEqual(14 * 60);
  clock.advance(15 * 60_000);
  expect((await enter({ email, password })).status).toBe(200);
});

test('many guesses at once are not more than ten', async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => enter({ email, password: 'wrong' })),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
});

test('a success makes the count start again', async () => {
  for (let round = 0; round < 3; round += 1) {
    for (let attempt = 0; attempt < 9; attempt += 1) await enter({ email, password: 'wrong' });
    expect((await enter({ email, password })).status).toBe(200);
  }
});

test('one address cannot walk through many accounts', async () => {
  const remote = { 'x-forwarded-for': '203.0.113.9' };
  const guesses = Array.from({ length: 100 }, (_, n) =>
    enter({ email: `walk${n}@example.com`, password: 'x' }, remote),
  );
  await Promise.all(guesses);
  expect((await enter({ email, password }, remote)).status).toBe(429);
  expect((await enter({ email, password })).status).toBe(200);
});

test('a refused attempt on a real account is in the audit, without the password', async () => {
  await enter({ email, password: 'the wrong one' });
  const { rows } = await pool.query(
    `select action, actor_id, after from audit where action = 'session.refuse' and actor_id = $1`,
    [userId],
  );
  expect(rows).toEqual([
    { action: 'session.refuse', actor_id: userId, after: { reason: 'invalid_credentials' } },
  ]);
});

test('a second factor is asked for, and a code counts once', async () => {
  const secret = await enableTotp(credentialsOf(await enter({ email, password })));
  clock.advance(60_000);
  expect(await enter({ email, password })).toMatchObject({
    status: 401,
    body: { code: 'totp_required' },
  });
  const code = codeOf(secret);
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
  expect((await enter({ email, password, totp: spaced })).status).toBe(200);
  expect(await enter({ email, password, totp: code })).toMatchObject({
    status: 401,
    body: { code: 'totp_invalid' },
  });
  clock.advance(30_000);
  expect((await enter({ email, password, totp: codeOf(secret) })).status).toBe(200);
});

test('a code used twice at once opens one session', async () => {
  const secret = await enableTotp(credentialsOf(await enter({ email, password })));
  clock.advance(60_000);
  const totp = codeOf(secret);
  const answers = await Promise.all([1, 2, 3, 4].map(() => enter({ email, password, totp })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('the secret of the second factor is stored sealed', async () => {
  const secret = await enableTotp(credentialsOf(await enter({ email, password })));
  const { rows } = await pool.query('select totp_secret from users where id = $1', [userId]);
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test('the second factor is turned off by password, and not by an open browser alone', async () => {
  const as = credentialsOf(await enter({ email, password }));
  await enableTotp(as);
  const wrong = await call('POST', '/me/totp/remove', { as, body: { password: 'guess' } });
  expect(wrong.status).toBe(422);
  expect(wrong.body.errors[0].path).toBe('/password');
  const right = await call('POST', '/me/totp/remove', { as, body: { password } });
  expect(right.status).toBe(204);
  expect((await enter({ email, password })).status).toBe(200);
});

test('a second factor does not count before its first code, nor with a wrong one', async () => {
  const as = credentialsOf(await enter({ email, password }));
  await call('POST', '/me/totp', { as, body: {} });
  expect((await call('POST', '/me/totp/confirm', { as, body: { code: '000000' } })).status).toBe(
    422,
  );
  expect((await enter({ email, password })).status).toBe(200);
});

test('logging out ends the session', async () => {
  const as = credentialsOf(await enter({ email, password }));
  expect((await call('DELETE', '/session', { as })).status).toBe(204);
  expect((await call('GET', '/session', { as })).status).toBe(401);
});

test('a session lives on while it is used, and ends after 30 days without', async () => {
  const day = 24 * 60 * 60_000;
  const as = credentialsOf(await enter({ email, password }));
  clock.advance(29 * day);
  expect((await call('GET', '/session', { as })).status).toBe(200);
  clock.advance(29 * day);
  expect((await call('GET', '/session', { as })).status).toBe(200);
  clock.advance(31 * day);
  expect((await call('GET', '/session', { as })).status).toBe(401);
  await forgetExpired(pool, { now: clock.now() });
  const { rows } = await pool.query('select 1 from sessions where user_id = $1', [userId]);
  expect(rows).toEqual([]);
});

test('a user sees where they are logged in and ends the others', async () => {
  const here = credentialsOf(await enter({ email, password }));
  const there = credentialsOf(await enter({ email, password }, { 'user-agent': 'Phone' }));
  const { body } = await call('GET', '/me/sessions', { as: here });
  expect(body.items).toHaveLength(2);
  const other = body.items.find((session: { current: boolean }) => !session.current);
  expect(other.agent).toBe('Phone');
  expect((await call('DELETE', `/me/sessions/${other.id}`, { as: here })).status).toBe(204);
  expect((await call('GET', '/session', { as: there })).status).toBe(401);
  expect((await call('GET', '/session', { as: here })).status).toBe(200);
});

test("nobody ends another's session", async () => {
  const mine = credentialsOf(await enter({ email, password }));
  const { body } = await call('GET', '/me/sessions', { as: mine });
  const as = await logIn('admin', { email: `admin${count}@example.com` });
  expect((await call('DELETE', `/me/sessions/${body.items[0].id}`, { as })).status).toBe(404);
});

test('a new password ends the other sessions and needs the old one', async () => {
  const here = credentialsOf(await enter({ email, password }));
  const there = credentialsOf(await enter({ email, password }));
  const next = 'a new and better one';
  const wrong = { as: here, body: { current: 'guess', next } };
  expect((await call('PUT', '/me/password', wrong)).status).toBe(422);
  const right = { as: here, body: { current: password, next } };
  expect((await call('PUT', '/me/password', right)).status).toBe(204);
  expect((await call('GET', '/session', { as: there })).status).toBe(401);
  expect((await call('GET', '/session', { as: here })).status).toBe(200);
  expect((await enter({ email, password })).status).toBe(401);
  expect((await enter({ email, password: next })).status).toBe(200);
});

test.each([[''], ['short'], ['x'.repeat(201)]])('the password %.10j is refused', async (next) => {
  const as = credentialsOf(await enter({ email, password }));
  const answer = await call('PUT', '/me/password', { as, body: { current: password, next } });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: '/next' }] } });
});

test('a profile changes, with a zone that exists', async () => {
  const as = credentialsOf(await enter({ email, password }));
  const change = { name: 'Ada', time_zone: 'Europe/Kyiv', preferences: { theme: 'dark' } };
  const { body } = await call('PATCH', '/me', { as, body: change });
  expect(body).toMatchObject(change);
  const bad = await call('PATCH', '/me', { as, body: { time_zone: 'Mars/Olympus' } });
  expect(bad).toMatchObject({ status: 400, body: { errors: [{ path: '/time_zone' }] } });
  expect((await call('PATCH', '/me', { as, body: { email: 'x@y.z' } })).status).toBe(400);
});

test('a one-time link sets the first password, once', async () => {
  const invited = `link${count}@example.com`;
  const { linkToken: token } = await inTransaction(pool, (tx) =>
    createUser(tx, { email: invited, roles: [], by: origin() }),
  );
  const info = await call('GET', `/session/setup?token=${token}`, { as: null });
  expect(info.body).toEqual({
    email: invited,
    name: '',
    purpose: 'first_login',
    totp_required: false,
  });
  const set = { as: null, body: { token, password, name: 'Grace' } };
  const answers = await Promise.all([1, 2, 3].map(() => call('POST', '/session/setup', set)));
  expect(answers.map(({ status }) => status).sort(byNumber)).toEqual([200, 410, 410]);
  expect((await enter({ email: invited, password })).body.user.name).toBe('Grace');
  expect((await call('GET', `/session/setup?token=${token}`, { as: null })).status).toBe(410);
});

test('the first log-in may choose its address, if nobody has it; a reset may not', async () => {
  const made = await inTransaction(pool, (tx) =>
    createUser(tx, { email: `first${count}@localhost.localdomain`, roles: [], by: origin() }),
  );
  const setUp = (body: object) => call('POST', '/session/setup', { as: null, body });
  const mine = `Mine${count}@example.com`;
  const taken = { token: made.linkToken, password, email };
  expect((await setUp(taken)).status).toBe(409);
  const { body } = await setUp({ ...taken, email: mine });
  expect(body.user.email).toBe(mine.toLowerCase());
  expect((await enter({ email: mine, password })).status).toBe(200);
  const token = await inTransaction(pool, (tx) =>
    createLink(tx, { userId, purpose: 'password_reset', now: clock.now() }),
  );
  expect((await setUp({ token, password, email: 'other@example.com' })).status).toBe(422);
  expect((await setUp({ token, password })).status).toBe(200);
});

test('a link runs out, and a newer one replaces it', async () => {
  const make = () =>
    inTransaction(pool, (tx) =>
      createLink(tx, { userId, purpose: 'password_reset', now: clock.now() }),
    );
  const state = async (token: string) =>
    (await call('GET', `/session/setup?token=${token}`, { as: null })).status;
  const first = await make();
  const second = await make();
  expect([await state(first), await state(second)]).toEqual([410, 200]);
  clock.advance(24 * 60 * 60_000);
  expect(await state(second)).toBe(410);
});

test('a reset ends sessions, and does not take the place of the second factor', async () => {
  const as = credentialsOf(await enter({ email, password }));
  const secret = await enableTotp(as);
  clock.advance(60_000);
  const token = await inTransaction(pool, (tx) =>
    createLink(tx, { userId, purpose: 'password_reset', now: clock.now() }),
  );
  const body = { token, password: 'the next password' };
  const without = await call('POST', '/session/setup', { as: null, body });
  expect(without.body.code).toBe('totp_required');
  const totp = codeOf(secret);
  const wrong = { ...body, totp: totp === '000000' ? '000001' : '000000' };
  expect((await call('POST', '/session/setup', { as: null, body: wrong })).status).toBe(401);
  const right = await call('POST', '/session/setup', { as: null, body: { ...body, totp } });
  expect(right.status).toBe(200);
  expect((await call('GET', '/session', { as })).status).toBe(401);
});

test('a key has no account of its own', async () => {
  const answer = await call('GET', '/session', { as: key });
  expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
});

test('several workspaces: the header chooses, and only among those of the user', async () => {
  const other = await addWorkspace(`second-${count}`);
  const foreign = await addWorkspace(`foreign-${count}`);
  await pool.query(`insert into user_roles values ($1, $2, 'admin')`, [userId, other.id]);
  const { 'x-workspace': _, ...as } = credentialsOf(await enter({ email, password }));
  const users = (headers: Record<string, string>) => call('GET', '/users', { as, headers });
  expect(await users({})).toMatchObject({ status: 400, body: { code: 'workspace_required' } });
  expect((await users({ 'x-workspace': String(other.id) })).status).toBe(200);
  expect((await users({ 'x-workspace': String(workspace.id) })).status).toBe(403);
  for (const id of [String(foreign.id), '0', 'x', '']) {
    const answer = await users({ 'x-workspace': id });
    expect(answer).toMatchObject({ status: 403, body: { code: 'workspace_forbidden' } });
  }
});

test('a broken or foreign cookie is no session', async () => {
  for (const cookie of ['perennial_session=', 'perennial_session=abc', 'other=1']) {
    const answer = await app.inject({ url: '/manage/v1/session', headers: { cookie } });
    expect(answer.statusCode).toBe(401);
  }
});

function byNumber(a: number, b: number): number {
  return a - b;
}

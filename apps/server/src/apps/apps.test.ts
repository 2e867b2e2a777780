import { exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { testApp } from '../http/test-app.ts';
import { appRoutes, createIdentityTally, createUserTokens } from './index.ts';

const { call, pool, clock } = await testApp({ routes: () => appRoutes });

async function newApp(name: string): Promise<{ id: string; key: string; uuid: string }> {
  const { status, body } = await call('POST', '/apps', { body: { name, platform: 'ios' } });
  expect(status).toBe(201);
  return body;
}

const SECONDS = 1000;

async function sign(
  pem: string,
  claims: Record<string, unknown>,
  { kid, alg = 'ES256', lives = 3600 }: { kid?: string; alg?: string; lives?: number } = {},
): Promise<string> {
  const jwt = new SignJWT(claims).setProtectedHeader({ alg, ...(kid && { kid }) });
  jwt.setExpirationTime(Math.floor(clock.now().getTime() / SECONDS) + lives);
  return jwt.sign(await importPKCS8(pem, alg));
}

test('an app gets a key made of its name, and a name is taken once', async () => {
  expect((await newApp('Stride: läuft für iOS')).key).toBe('stride-lauft-fur-ios');
  expect((await newApp('Крок')).key).toBe('app');
  const again = await call('POST', '/apps', { body: { name: 'Крок' } });
  expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } });
  const named = await call('POST', '/apps', { body: { name: 'Крок', key: 'krok' } });
  expect(named.status).toBe(201);
});

test('verified identity is required only where a token can be checked', async () => {
  const { id } = await newApp('Careful');
  const early = await call('PATCH', `/apps/${id}`, { body: { require_verified: true } });
  expect(early).toMatchObject({ status: 422, body: { code: 'unprocessable' } });
  const made = await call('POST', `/apps/${id}/signing_keys`, { body: { name: 'Backend' } });
  expect(made.body.private_key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  const on = await call('PATCH', `/apps/${id}`, { body: { require_verified: true } });
  expect(on.body).toMatchObject({ require_verified: true });
  const last = await call('DELETE', `/apps/${id}/signing_keys/${made.body.id}`);
  expect(last).toMatchObject({ status: 422, body: { code: 'unprocessable' } });
  const { body } = await call('GET', `/apps/${id}`);
  expect(body.signing_keys).toHaveLength(1);
  expect(JSON.stringify(body)).not.toContain('PRIVATE');
});

test('a private half that we made is kept nowhere', async () => {
  const { id } = await newApp('Forgetful');
  const { body } = await call('POST', `/apps/${id}/signing_keys`, { body: {} });
  const secret = body.private_key.split('\n')[1];
  const kept = await pool.query(
    `select to_jsonb(k) from app_signing_keys k union all select to_jsonb(a) from audit a`,
  );
  expect(JSON.stringify(kept.rows)).not.toContain(secret);
});

test.each([
  ['no PEM', 'hello', 'PEM'],
  ['a private key', async () => exportPKCS8((await pair('ES256')).privateKey), 'private'],
  ['a curve that is not known', async () => exportSPKI((await pair('ES384')).publicKey), 'P-256'],
])('%s is no public key', async (_name, given, says) => {
  const { id } = await newApp(`Refuses ${says}`);
  const key = typeof given === 'string' ? given : await given();
  const answer = await call('POST', `/apps/${id}/signing_keys`, { body: { public_key: key } });
  expect(answer.status).toBe(400);
  expect(answer.body.errors[0]).toMatchObject({ path: '/public_key' });
  expect(answer.body.detail).toContain(says);
});

function pair(alg: string) {
  return generateKeyPair(alg, { extractable: true });
}

test.each(['ES256', 'EdDSA', 'RS256'])(
  'a token signed with %s speaks for its user',
  async (alg) => {
    const { id } = await newApp(`Signs ${alg}`);
    const { publicKey, privateKey } = await pair(alg);
    const { body } = await call('POST', `/apps/${id}/signing_keys`, {
      body: { public_key: await exportSPKI(publicKey) },
    });
    expect(body).toMatchObject({ algorithm: alg, private_key: null });
    const claims = { sub: 'u1', email: 'ada@example.com', phone_number: '+380501234567' };
    const token = await sign(await exportPKCS8(privateKey), claims, { alg, kid: body.kid });
    const verdict = await createUserTokens(pool).verify({
      appId: Number(id),
      token,
      now: clock.now(),
    });
    expect(verdict).toEqual({
      ok: true,
      user: { externalId: 'u1', email: 'ada@example.com', phone: '+380501234567' },
    });
  },
);

test('a token that does not hold says why', async () => {
  const { id } = await newApp('Strict');
  const mine = (await call('POST', `/apps/${id}/signing_keys`, { body: {} })).body;
  const other = await exportPKCS8((await pair('ES256')).privateKey);
  const tokens = createUserTokens(pool);
  const say = async (token: string): Promise<string> => {
    const verdict = await tokens.verify({ appId: Number(id), token, now: clock.now() });
    return verdict.ok ? 'holds' : verdict.message;
  };
  const fits = { kid: mine.kid };
  expect(await say(await sign(mine.private_key, { sub: 'u1' }, fits))).toBe('holds');
  expect(await say(await sign(mine.private_key, { sub: 'u1' }))).toBe('holds');
  expect(await say(await sign(other, { sub: 'u1' }, fits))).toContain('not signed with this key');
  expect(await say(await sign(other, { sub: 'u1' }, { kid: 'x' }))).toContain('does not have');
  expect(await say(await sign(mine.private_key, {}, fits))).toContain('"sub"');
  expect(await say(await sign(mine.private_key, { sub: 'u1' }, { lives: -61 }))).toContain(
    'expired',
  );
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`;
  expect(await say(unsigned)).toMatch(/as its key demands|not a signed JWT/);
  expect(await say('x')).toContain('not a signed JWT');
  expect(await say('x'.repeat(5000))).toContain('longer');
});

test('a key that was removed stops counting within five seconds, tokens checked before too', async () => {
  const { id } = await newApp('Rotates');
  const first = (await call('POST', `/apps/${id}/signing_keys`, { body: {} })).body;
  const second = (await call('POST', `/apps/${id}/signing_keys`, { body: {} })).body;
  const tokens = createUserTokens(pool);
  const token = await sign(first.private_key, { sub: 'u1' }, { kid: first.kid });
  const later = await sign(second.private_key, { sub: 'u1' }, { kid: second.kid });
  const holds = async (each: string) =>
    (await tokens.verify({ appId: Number(id), token: each, now: clock.now() })).ok;
  expect([await holds(token), await holds(later)]).toEqual([true, true]);
  expect((await call('DELETE', `/apps/${id}/signing_keys/${first.id}`)).status).toBe(204);
  clock.advance(5 * SECONDS);
  expect([await holds(token), await holds(later)]).toEqual([false, true]);
});

test('a key that was added counts within a second, and others are not asked for more often', async () => {
  const { id } = await newApp('Grows');
  const first = (await call('POST', `/apps/${id}/signing_keys`, { body: {} })).body;
  let asked = 0;
  const tokens = createUserTokens({
    query: ((...call: [string]) => {
      asked += 1;
      return pool.query(...call);
    }) as typeof pool.query,
  });
  const holds = async (token: string) =>
    (await tokens.verify({ appId: Number(id), token, now: clock.now() })).ok;
  expect(await holds(await sign(first.private_key, { sub: 'u1' }, { kid: first.kid }))).toBe(true);
  const second = (await call('POST', `/apps/${id}/signing_keys`, { body: {} })).body;
  const token = await sign(second.private_key, { sub: 'u1' }, { kid: second.kid });
  expect(await holds(token)).toBe(false);
  clock.advance(SECONDS);
  expect(await holds(token)).toBe(true);
  expect(asked).toBe(2);
  const strange = await sign(second.private_key, { sub: 'u1' }, { kid: 'strange' });
  for (let n = 0; n < 5; n += 1) expect(await holds(strange)).toBe(false);
  expect(asked).toBe(2);
});

test('what tokens proved is counted by day', async () => {
  const { id } = await newApp('Counted');
  const tally = createIdentityTally(pool);
  tally.add(Number(id), 'verified', 3);
  tally.add(Number(id), 'invalid');
  await tally.write(clock.now());
  tally.add(Number(id), 'unverified');
  await tally.write(clock.now());
  await tally.write(clock.now());
  const { body } = await call('GET', `/apps/${id}`);
  expect(body.calls).toEqual({ verified: 3, unverified: 1, invalid: 1 });
});

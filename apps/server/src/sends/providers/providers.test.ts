import { startPostmarkPeer } from '@perennial/channels/provider-peers';
import { startScriptedSmtpServer } from '@perennial/channels/scripted-smtp-server';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { createEgress } from '../../egress/index.ts';
import { testApp } from '../../http/test-app.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { sendRoutes } from '../index.ts';
import { testRenderPool } from '../senders/test-senders.ts';
import { NOW, TEST_SLOTS } from '../test-world.ts';

const renderPool = testRenderPool();
const egress = createEgress({ allow: ['127.0.0.1'] });
afterAll(async () => {
  await renderPool.close();
  await egress.close();
});
const { call, pool, addWorkspace, addKey } = await testApp({
  routes: ({ box, pool }) =>
    sendRoutes({ box, egress, pool, renderPool, slots: TEST_SLOTS, clock: () => NOW }),
});
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });

const from = 'Shop <hi@shop.example>';
const create = (kind: string, settings: object, parts: object = {}) =>
  call('POST', '/providers', { body: { channel: 'email', kind, settings, ...parts } });
const clear = () => pool.query(`delete from providers`);

async function postmark(settings: object = {}) {
  const peer = await startPostmarkPeer({ serverToken: 'right' });
  onTestFinished(() => peer.close());
  const { body } = await create('postmark', {
    from,
    server_token: 'right',
    base_url: peer.url,
    ...settings,
  });
  return { peer, id: String(body.id) };
}

describe('where a provider is called', () => {
  test.each([
    ['ses', 'https://email-fips.us-east-1.amazonaws.com'],
    ['ses', 'https://email.eu-central-1.api.aws'],
    ['sendgrid', 'https://api.eu.sendgrid.com/'],
    ['mailgun', 'https://api.eu.mailgun.net'],
    ['resend', 'http://127.0.0.1:9000/resend'],
    ['resend', 'http://localhost:9000'],
  ])('%s at %s is fine', async (kind, base_url) => {
    expect(await create(kind, { ...minimal[kind], base_url })).toMatchObject({ status: 201 });
  });

  test.each([
    ['ses', 'https://email.amazonaws.com.evil.example'],
    ['ses', 'https://evilamazonaws.com'],
    ['sendgrid', 'http://api.sendgrid.com'],
    ['sendgrid', 'https://user:pw@api.sendgrid.com'],
    ['sendgrid', 'https://api.sendgrid.com/?to=x'],
    ['mailgun', 'http://169.254.169.254/latest'],
    ['postmark', 'http://10.0.0.1'],
    ['resend', 'http://127.0.0.2:9000'],
    ['resend', 'http://[::1]:9000'],
    ['resend', 'file:///etc/passwd'],
    ['resend', 'nonsense'],
  ])('%s at %s is refused, and says where', async (kind, base_url) => {
    const answer = await create(kind, { ...minimal[kind], base_url });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(
      expect.objectContaining({ path: '/settings/base_url' }),
    );
  });

  const minimal: Record<string, object> = {
    ses: { from, region: 'eu-central-1', access_key_id: 'AKIA', secret_access_key: 's' },
    sendgrid: { from, api_key: 'k' },
    mailgun: { from, domain: 'mg.shop.example', api_key: 'k' },
    postmark: { from, server_token: 't' },
    resend: { from, api_key: 'k' },
  };

  test.each([
    ['ses', { region: 'Frankfurt' }, '/settings/region'],
    ['ses', { region: 'eu-central-1.evil.example/' }, '/settings/region'],
    ['mailgun', { domain: '../../v3/other' }, '/settings/domain'],
    ['postmark', { marketing_stream: 'a/b' }, '/settings/marketing_stream'],
    ['sendgrid', { api_key: 'two words' }, '/settings/api_key'],
    ['resend', { from: undefined }, '/settings/from'],
    ['resend', { api_key: undefined }, '/settings/api_key'],
    ['ses', { secret_access_key: ' ' }, '/settings/secret_access_key'],
    ['smtp', { host: 'mail.example', bounce_address: 'nowhere' }, '/settings/bounce_address'],
  ])('%s with %j is refused', async (kind, wrong, path) => {
    const answer = await create(kind, { from, ...minimal[kind], ...wrong });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path }));
  });

  test('credentials are set and never shown', async () => {
    const { body } = await create('ses', { ...minimal['ses'], secret_access_key: 'top/secret' });
    expect(body.secrets_set).toEqual(['secret_access_key']);
    expect(JSON.stringify(body)).not.toContain('top/secret');
    const { rows } = await pool.query(`select * from providers where id = $1`, [body.id]);
    expect(JSON.stringify(rows)).not.toContain('top/secret');
  });
});

describe('the order of providers', () => {
  const order = (ids: string[], options = {}) =>
    call('POST', '/providers/order', { body: { channel: 'email', ids }, ...options });
  const listed = async () =>
    (await call('GET', '/providers')).body.items.map(({ id }: { id: string }) => id);

  async function three(): Promise<string[]> {
    await clear();
    const made = [];
    const settings = { from, api_key: 're_1' };
    for (const name of ['a', 'b', 'c']) {
      made.push((await create('resend', settings, { name })).body);
    }
    return made.map(({ id }) => id as string);
  }

  test('is that in which they were added, until somebody says otherwise', async () => {
    const [a, b, c] = (await three()) as [string, string, string];
    expect(await listed()).toEqual([a, b, c]);
    const answer = await order([c, a, b]);
    expect(answer.status).toBe(200);
    expect(answer.body.items.map(({ id }: { id: string }) => id)).toEqual([c, a, b]);
    expect(await listed()).toEqual([c, a, b]);
    const { rows } = await pool.query(
      `select before, after from audit where action = 'provider.order' order by id desc limit 1`,
    );
    expect(rows[0]).toMatchObject({
      before: { order: ['a', 'b', 'c'] },
      after: { order: ['c', 'a', 'b'] },
    });
  });

  test('names each of them once', async () => {
    const [a, b, c] = (await three()) as [string, string, string];
    for (const ids of [[a, b], [a, b, b], [a, b, c, '999999'], []]) {
      expect(await order(ids)).toMatchObject({ status: 422, body: { errors: [{ path: '/ids' }] } });
    }
    expect(await listed()).toEqual([a, b, c]);
  });

  test('of another workspace is nobody’s business', async () => {
    const ids = await three();
    const other = await addWorkspace('elsewhere');
    const key = await addKey({ workspaceId: other.id });
    const answer = await order(ids.toReversed(), { as: key });
    expect(answer.status).toBe(422);
    expect(await listed()).toEqual(ids);
  });
});

describe('a trial', () => {
  const tryOut = (id: string, to: string) => call('POST', `/providers/${id}/try`, { body: { to } });

  test('goes through this very provider and says what it answered', async () => {
    const { peer, id } = await postmark();
    expect(await tryOut(id, 'me@home.example')).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', reason: null, ref: 'ref-1' },
    });
    expect(peer.taken).toMatchObject([{ to: 'me@home.example', subject: 'Test of Postmark' }]);
    expect((await call('GET', `/providers/${id}`)).body).toMatchObject({
      condition: 'fine',
      verified_at: expect.any(String),
    });
  });

  test('that the provider refuses says so with its words, and the page shows them', async () => {
    const { peer, id } = await postmark({ server_token: 'wrong' });
    expect((await tryOut(id, 'me@home.example')).body).toMatchObject({
      outcome: 'deferred',
      reason: 'provider refuses',
      answer: expect.stringContaining('Server token'),
    });
    expect(peer.taken).toEqual([]);
    expect((await call('GET', `/providers/${id}`)).body).toMatchObject({
      condition: 'failing',
      problem: expect.stringContaining('Server token'),
    });
  });

  test('of a mail server is a whole message', async () => {
    const server = await startScriptedSmtpServer();
    onTestFinished(() => server.close());
    const { body } = await create('smtp', {
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      from,
    });
    expect((await tryOut(body.id, 'me@home.example')).body).toMatchObject({ outcome: 'accepted' });
    expect(server.accepted[0]).toMatch(/^From: Shop <hi@shop.example>\r$/m);
  });

  test('to no address, or through a sandbox, is refused', async () => {
    const { id } = await postmark();
    expect(await tryOut(id, 'not an address')).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/to' }] },
    });
    const { body } = await create('sandbox', {});
    expect((await tryOut(body.id, 'me@home.example')).status).toBe(422);
    expect((await tryOut('999999', 'me@home.example')).status).toBe(404);
  });
});

test('a check of a vendor says what is good to know', async () => {
  const { peer, id } = await postmark();
  const verify = () => call('POST', `/providers/${id}/verify`);
  expect((await verify()).body).toEqual({ ok: true, problem: null, note: null });
  peer.depart('page');
  expect((await verify()).body).toMatchObject({ ok: false, problem: expect.stringMatching(/200/) });
});

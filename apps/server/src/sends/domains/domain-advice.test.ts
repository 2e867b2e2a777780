import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createEgress } from '../../egress/index.ts';
import { testApp } from '../../http/test-app.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { sendRoutes } from '../index.ts';
import { testRenderPool } from '../senders/test-senders.ts';
import { createWorld, NOW, TEST_SLOTS } from '../test-world.ts';
import { createDns } from './dns/ask-dns.ts';
import { startDnsServer } from './dns/test-dns-server.ts';
import { createOwnMailings } from './own-mailing.ts';

const names = await startDnsServer();
const renderPool = testRenderPool();
const egress = createEgress({ allow: ['127.0.0.1'] });
afterAll(async () => {
  names.close();
  await renderPool.close();
  await egress.close();
});
const { call, pool, box, clock, workspace, addWorkspace, addKey } = await testApp({
  routes: ({ box, pool }) =>
    sendRoutes({
      box,
      egress,
      pool,
      renderPool,
      slots: TEST_SLOTS,
      clock: () => NOW,
      dns: createDns({ servers: names.servers, timeoutMs: 300, tries: 1 }),
      mailHost: undefined,
    }),
});
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const world = createWorld(pool);

beforeEach(async () => {
  names.zones = {};
  await pool.query('delete from sender_domains');
  await pool.query('delete from providers');
});

async function add(parts: object = {}) {
  const { status, body } = await call('POST', '/sender_domains', {
    body: { domain: 'shop.example', ...parts },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

async function addProvider(kind: string, settings: object, name = kind): Promise<void> {
  const answer = await call('POST', '/providers', {
    body: { channel: 'email', kind, name, settings: { from: 'hi@shop.example', ...settings } },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
}

const smtpVia = (host: string, name?: string) =>
  addProvider('smtp', { host, security: 'none' }, name);

describe('SPF', () => {
  test('is proposed only once somebody is named who sends', async () => {
    const { id, records } = await add();
    expect(records[0]).toMatchObject({ kind: 'spf', expected: '', needed: true });
    const changed = await call('PATCH', `/sender_domains/${id}`, {
      body: { senders: ['ip4:192.0.2.7'] },
    });
    expect(changed.body.records[0]).toMatchObject({ expected: 'v=spf1 ip4:192.0.2.7 ~all' });
  });

  test('that lets nobody through is wrong, and is not proposed again', async () => {
    names.zones['shop.example'] = { TXT: ['v=spf1 ~all'] };
    const { id } = await add();
    const { body } = await call('POST', `/sender_domains/${id}/check`);
    expect(body.records[0]).toMatchObject({
      state: 'differs',
      faults: [{ code: 'nobody_passes' }],
      expected: '',
    });
  });

  test('that is there already stays as it is while nobody names more', async () => {
    names.zones['shop.example'] = { TXT: ['v=spf1 ip4:192.0.2.9 -all'] };
    const { id } = await add();
    const { body } = await call('POST', `/sender_domains/${id}/check`);
    expect(body.records[0]).toMatchObject({
      state: 'right',
      expected: 'v=spf1 ip4:192.0.2.9 -all',
    });
  });

  test.each([
    ['smtp-relay.gmail.com', { term: 'include:_spf.google.com', documented: true }],
    ['Mail.Shop.example.', { term: 'a:mail.shop.example', documented: false }],
    ['8.8.4.4', { term: 'ip4:8.8.4.4', documented: false }],
    ['2001:4860:4860::8844', { term: 'ip6:2001:4860:4860::8844', documented: false }],
  ])('is suggested for the server %s', async (host, suggestion) => {
    await smtpVia(host, 'Main');
    expect((await add()).spf_suggestions).toEqual([{ ...suggestion, provider: 'Main' }]);
  });

  test.each(['10.0.0.5', 'localhost', 'relay', 'smtp.office.internal', '127.0.0.1'])(
    'is not guessed from %s, which nobody outside knows',
    async (host) => {
      await smtpVia(host);
      expect((await add()).spf_suggestions).toEqual([]);
    },
  );

  test('is not ours to ask for where a relay has a return path of its own', async () => {
    await smtpVia('email-smtp.eu-central-1.amazonaws.com', 'SES by SMTP');
    const added = await add();
    expect(added).toMatchObject({ own_return_paths: ['SES by SMTP'], spf_suggestions: [] });
    expect(added.records[0]).toMatchObject({ kind: 'spf', needed: false });
    await smtpVia('mx.shop.example', 'Own');
    const { body } = await call('GET', `/sender_domains/${added.id}`);
    expect(body.records[0]).toMatchObject({ needed: true });
  });
});

describe('what vendors ask for', () => {
  const asked = async () => (await add()).vendor_dns;

  test('of Mailgun is SPF at its sending domain', async () => {
    await addProvider('mailgun', { domain: 'mg.shop.example', api_key: 'k' });
    expect(await asked()).toEqual([
      {
        vendor: 'Mailgun',
        return_path: 'domain',
        records: [
          {
            purpose: 'spf',
            type: 'TXT',
            name: 'mg.shop.example',
            value: 'v=spf1 include:mailgun.org ~all',
            optional: false,
          },
          expect.objectContaining({ purpose: 'dkim', value: null }),
        ],
      },
    ]);
  });

  test('of Amazon SES names its region', async () => {
    await addProvider('ses', {
      region: 'eu-west-1',
      access_key_id: 'AKIA',
      secret_access_key: 'secret',
    });
    const [ses] = await asked();
    expect(ses).toMatchObject({ vendor: 'Amazon SES', return_path: 'vendor' });
    expect(ses.records).toContainEqual({
      purpose: 'return_path',
      type: 'MX',
      name: 'mail.shop.example',
      value: '10 feedback-smtp.eu-west-1.amazonses.com.',
      optional: true,
    });
  });

  test.each([
    ['sendgrid', { api_key: 'k' }, 'below', ['em….shop.example', 's1._domainkey.shop.example']],
    ['postmark', { server_token: 'k' }, 'vendor', ['pm-bounces.shop.example']],
    ['resend', { api_key: 'k' }, 'below', ['send.shop.example', 'resend._domainkey.shop.example']],
  ])('of %s is as its documentation says', async (kind, settings, returnPath, expected) => {
    await addProvider(kind, settings);
    const [vendor] = await asked();
    expect(vendor.return_path).toBe(returnPath);
    const found = vendor.records.map(({ name }: { name: string }) => name);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  test('is nothing for an SMTP server', async () => {
    await smtpVia('mx.shop.example');
    expect(await asked()).toEqual([]);
  });
});

describe('keys', () => {
  const publishKeys = (records: { kind: string; name: string; expected: string }[]): void => {
    for (const { kind, name, expected } of records) {
      if (kind === 'dkim') names.zones[name] = { TXT: [expected] };
    }
  };
  const statesOf = (body: { rotation: { keys: { state: string }[] } }) =>
    body.rotation.keys.map(({ state }) => state);

  test('are made, seen, signing and retired, and due after half a year', async () => {
    const { id, records, rotation, created_at } = await add();
    expect(statesOf({ rotation })).toEqual(['made', 'made']);
    expect(rotation.due_at).toBe(new Date(Date.parse(created_at) + 180 * 86_400_000).toISOString());
    publishKeys(records);
    const checked = await call('POST', `/sender_domains/${id}/check`);
    expect(statesOf(checked.body)).toEqual(['signing', 'seen']);
    clock.advance(1_000);
    const rotated = await call('POST', `/sender_domains/${id}/rotate`);
    expect(statesOf(rotated.body)).toEqual(['retired', 'signing']);
    expect(rotated.body.rotation.due_at).toBe(
      new Date(clock.now().getTime() + 180 * 86_400_000).toISOString(),
    );
  });
});

describe('senders', () => {
  const create = async (body: object) => {
    const answer = await call('POST', '/senders', { body: { name: 'Shop', ...body } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };
  const defaults = async () =>
    (await call('GET', '/senders')).body.items
      .filter((each: { is_default: boolean }) => each.is_default)
      .map(({ address }: { address: string }) => address);
  const fromOf = async () =>
    (await createOwnMailings(pool, { box, clock: clock.now }).get(workspace.id)).from;

  test('have one default among them, also when two become it at once', async () => {
    await add();
    expect(await fromOf()).toBeUndefined();
    const first = await create({ address: 'a@shop.example', is_default: true, name: 'A "x"' });
    expect(await fromOf()).toBe(String.raw`"A \"x\"" <a@shop.example>`);
    const second = await create({ address: 'b@shop.example', is_default: true });
    expect(await defaults()).toEqual(['b@shop.example']);
    const change = (id: string, is_default: boolean) =>
      call('PATCH', `/senders/${id}`, { body: { is_default } });
    const answers = await Promise.all([change(first.id, true), change(second.id, true)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await defaults()).toHaveLength(1);
    const [only] = await defaults();
    await change(only === 'a@shop.example' ? first.id : second.id, false);
    expect(await defaults()).toEqual([]);
  });

  test('and domains say what is from them, each for its own', async () => {
    const shop = await add();
    const news = await add({ domain: 'news.shop.example' });
    const sender = await create({ address: 'ann@shop.example' });
    const message = async (from: string) =>
      world.message({ workspaceId: workspace.id, content: { en: { subject: 'Hi', from } } });
    const own = await message('Ann <Ann@shop.example>');
    const other = await message('x@news.shop.example');
    await message('y@elsewhere.example');
    await addProvider('resend', { api_key: 'k' }, 'R');
    const ids = ({ body }: { body: { messages: { id: string }[] } }) =>
      body.messages.map(({ id }) => Number(id));
    const ofShop = await call('GET', `/sender_domains/${shop.id}/uses`);
    expect(ids(ofShop)).toEqual([own]);
    expect(ofShop.body.providers).toMatchObject([{ name: 'R' }]);
    expect(ids(await call('GET', `/sender_domains/${news.id}/uses`))).toEqual([other]);
    expect(ids(await call('GET', `/senders/${sender.id}/uses`))).toEqual([own]);
    expect((await call('GET', `/sender_domains/${shop.id}`)).body.used_by).toEqual({
      messages: 1,
      providers: ['R'],
    });
    const stranger = await addKey({ workspaceId: (await addWorkspace('third')).id });
    for (const path of [`/sender_domains/${shop.id}/uses`, `/senders/${sender.id}/uses`]) {
      expect((await call('GET', path, { as: stranger })).status).toBe(404);
    }
  });
});

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { startScriptedSmtpServer } from '@perennial/channels/scripted-smtp-server';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createEgress } from '../../egress/index.ts';
import { testApp } from '../../http/test-app.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { listSenders } from '../../messages/index.ts';
import { sendRoutes } from '../index.ts';
import { findReturnAddresses } from '../returned/return-addresses.ts';
import { testRenderPool } from '../senders/test-senders.ts';
import { NOW, TEST_SLOTS } from '../test-world.ts';
import { checkDueDomains } from './check-due-domains.ts';
import { createDns } from './dns/ask-dns.ts';
import { startDnsServer } from './dns/test-dns-server.ts';
import { createOwnMailings } from './own-mailing.ts';

const names = await startDnsServer();
const dns = createDns({ servers: names.servers, timeoutMs: 300, tries: 1 });
const renderPool = testRenderPool();
const egress = createEgress({ allow: ['127.0.0.1'] });
afterAll(async () => {
  names.close();
  await renderPool.close();
  await egress.close();
});
const { call, pool, box, clock, workspace, addWorkspace, addKey, logIn } = await testApp({
  routes: ({ box, pool }) =>
    sendRoutes({
      box,
      egress,
      pool,
      renderPool,
      slots: TEST_SLOTS,
      clock: () => NOW,
      dns,
      mailHost: 'perennial.shop.example',
    }),
});
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });

beforeEach(async () => {
  names.zones = {};
  names.departures = {};
  names.asked.length = 0;
  await pool.query('delete from sender_domains');
  await pool.query('delete from providers');
});

interface RecordView {
  id: string;
  kind: string;
  type: 'TXT' | 'MX';
  name: string;
  expected: string;
  state: string;
  needed: boolean;
  selector: string | null;
}

async function add(parts: object = {}) {
  const { status, body } = await call('POST', '/sender_domains', {
    body: { domain: 'shop.example', senders: ['ip4:192.0.2.1'], ...parts },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as { id: string; records: RecordView[] };
}

/** Puts into DNS what the product says that is to stand there. */
function publish(records: readonly RecordView[]): void {
  for (const { type, name, expected } of records) {
    const zone = (names.zones[name] ??= {});
    if (type === 'TXT') zone.TXT = [expected];
    else zone.MX = [{ exchange: expected.split(' ')[1]!.replace(/\.$/, ''), preference: 10 }];
  }
}

const check = async (id: string) => (await call('POST', `/sender_domains/${id}/check`)).body;
const due = (now: Date) => checkDueDomains(pool, { dns, mailHost: 'perennial.shop.example', now });
const stateOf = (body: { records: RecordView[] }, kind: string) =>
  body.records.filter((each) => each.kind === kind).map(({ state }) => state);

describe('a domain', () => {
  test('says what to put into DNS, and is verified when that is there', async () => {
    const added = await add();
    expect(added).toMatchObject({
      domain: 'shop.example',
      state: 'pending',
      carried_by: 'us',
      records: [
        {
          kind: 'spf',
          name: 'shop.example',
          expected: 'v=spf1 ip4:192.0.2.1 ~all',
          state: 'unknown',
        },
        { kind: 'dkim', needed: true, signs: false },
        { kind: 'dkim', needed: false },
        { kind: 'dmarc', name: '_dmarc.shop.example' },
      ],
    });
    expect(await check(added.id)).toMatchObject({ state: 'pending' });
    publish(added.records);
    const verified = await check(added.id);
    expect(verified).toMatchObject({ state: 'verified' });
    expect(verified.records.map(({ state }: RecordView) => state)).toEqual(Array(4).fill('right'));
    expect(verified.records[1]).toMatchObject({ signs: true });
    expect(verified.history).toContainEqual(
      expect.objectContaining({ record: 'spf', from: 'missing', to: 'right' }),
    );
  });

  test('keeps its private keys to itself, sealed', async () => {
    const { id, records } = await add();
    const { rows } = await pool.query<{
      selector: string;
      private_key: string;
      public_key: string;
    }>('select * from sender_domain_keys where domain_id = $1 order by selector', [id]);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(JSON.stringify(row)).not.toContain('PRIVATE KEY');
      const key = createPrivateKey(box.open(row.private_key));
      expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
      const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
      expect(row.public_key).toBe(der.toString('base64'));
    }
    const audit = await pool.query('select * from audit');
    const shown = JSON.stringify([
      records,
      audit.rows,
      (await call('GET', '/sender_domains')).body,
    ]);
    expect(shown).not.toContain('PRIVATE');
    for (const { private_key } of rows) expect(shown).not.toContain(private_key);
  });

  test('that was verified is broken when a record goes, and is checked by itself', async () => {
    const { id, records } = await add();
    publish(records);
    await due(new Date(clock.now().getTime() + 1));
    expect((await call('GET', `/sender_domains/${id}`)).body).toMatchObject({ state: 'verified' });
    delete names.zones['shop.example'];
    const later = new Date(clock.now().getTime() + 7 * 3_600_000);
    await due(later);
    const { body } = await call('GET', `/sender_domains/${id}`);
    expect(body).toMatchObject({ state: 'broken', state_at: later.toISOString() });
    expect(stateOf(body, 'spf')).toEqual(['missing']);
    names.asked.length = 0;
    await due(new Date(later.getTime() + 60_000));
    expect(names.asked).toEqual([]);
  });

  test('stays what it was while DNS does not answer', async () => {
    const { id, records } = await add();
    publish(records);
    await check(id);
    for (const { name } of records) names.departures[name] = 'servfail';
    const silent = await check(id);
    expect(silent).toMatchObject({ state: 'verified' });
    expect(silent.records[0]).toMatchObject({
      state: 'right',
      trouble: 'The name server failed (SERVFAIL).',
    });
    names.departures = {};
    expect((await check(id)).records[0]).toMatchObject({ state: 'right', trouble: null });
  });

  test('two that look at once check each domain once', async () => {
    await add();
    await add({ domain: 'other.example' });
    const at = new Date(clock.now().getTime() + 1);
    await Promise.all([due(at), due(at), due(at)]);
    expect(names.asked.filter((question) => question === 'TXT shop.example')).toHaveLength(1);
  });

  test('that was changed during a check keeps the change', async () => {
    const { id, records } = await add();
    publish(records);
    const [checked, changed] = await Promise.all([
      check(id),
      call('PATCH', `/sender_domains/${id}`, { body: { senders: ['include:mail.example'] } }),
    ]);
    expect(checked.id).toBe(id);
    expect(changed.body).toMatchObject({ senders: ['include:mail.example'] });
    const after = await check(id);
    expect(after).toMatchObject({ state: 'pending' });
    expect(after.records[0]).toMatchObject({
      expected: 'v=spf1 ip4:192.0.2.1 include:mail.example ~all',
      state: 'differs',
    });
  });

  test.each([
    ['jõgeva.example', 'xn--jgeva-dua.example', 'jõgeva.example'],
    ['☕.example', 'xn--53h.example', '☕.example'],
    ['SHOP.Example.', 'shop.example', 'shop.example'],
  ])('%s is known as %s', async (domain, known, display) => {
    expect(await add({ domain })).toMatchObject({ domain: known, display });
  });

  test.each([
    'shop',
    'co.uk',
    '192.0.2.1',
    '[2001:db8::1]',
    'shop.example/x',
    'user@shop.example',
    '-x.example',
    'a..example',
    `${'x'.repeat(64)}.example`,
    'shop .example',
    'localhost',
  ])('%s is no domain', async (domain) => {
    const { status, body } = await call('POST', '/sender_domains', { body: { domain } });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: '/domain' }]);
  });

  test.each([
    [{ domain: 'shop.example\r\nx.example' }, '/domain'],
    [{ domain: 'ok.example', senders: ['include:x.example -all'] }, '/senders/0'],
    [{ domain: 'ok.example', senders: ['ip4:192.0.2.1', '+all'] }, '/senders/1'],
    [{ domain: 'ok.example', senders: ['mx\nmx'] }, '/senders/0'],
    [{ domain: 'ok.example', return_domain: 'nowhere' }, '/return_domain'],
  ])('%j is refused, and says where', async (body, path) => {
    const answer = await call('POST', '/sender_domains', { body });
    expect([400, 422]).toContain(answer.status);
    expect(answer.body.errors).toMatchObject([{ path }]);
  });

  test('is there once in a workspace, also when two add it at once', async () => {
    const answers = await Promise.all(
      [1, 2].map(() => call('POST', '/sender_domains', { body: { domain: 'shop.example' } })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  test('of another workspace is not there', async () => {
    const { id } = await add();
    const other = await addWorkspace('other');
    const as = await addKey({ workspaceId: other.id });
    expect((await call('GET', '/sender_domains', { as })).body.items).toEqual([]);
    const tries = [
      call('GET', `/sender_domains/${id}`, { as }),
      call('PATCH', `/sender_domains/${id}`, { as, body: { senders: [] } }),
      call('POST', `/sender_domains/${id}/check`, { as }),
      call('POST', `/sender_domains/${id}/rotate`, { as }),
      call('POST', `/sender_domains/${id}/renew-key`, { as, body: {} }),
      call('DELETE', `/sender_domains/${id}`, { as }),
    ];
    for (const { status } of await Promise.all(tries)) expect(status).toBe(404);
    const same = await call('POST', '/sender_domains', { as, body: { domain: 'shop.example' } });
    expect(same.status).toBe(201);
    expect(same.body.rotation.next_selector).not.toBe(
      (await call('GET', `/sender_domains/${id}`)).body.rotation.next_selector,
    );
  });

  test('may be looked at and not changed without the right', async () => {
    const { id } = await add();
    const as = await logIn('auditor');
    expect((await call('GET', `/sender_domains/${id}`, { as })).status).toBe(200);
    expect((await call('DELETE', `/sender_domains/${id}`, { as })).status).toBe(403);
  });

  test('that a vendor signs for needs DMARC from us; the rest is the vendor’s to say', async () => {
    await call('POST', '/providers', {
      body: {
        channel: 'email',
        kind: 'resend',
        settings: { from: 'a@shop.example', api_key: 'k' },
      },
    });
    const { id, records } = await add();
    expect(records.map(({ kind }) => kind)).toEqual(['dmarc']);
    publish(records);
    expect(await check(id)).toMatchObject({
      state: 'verified',
      carried_by: 'vendor',
      vendors: ['Resend'],
    });
  });

  test('shows which others are in use', async () => {
    await call('POST', '/providers', {
      body: {
        channel: 'email',
        kind: 'resend',
        name: 'R',
        settings: { from: 'a@used.example', api_key: 'k' },
      },
    });
    const list = async () => (await call('GET', '/sender_domains/used')).body.items;
    expect(await list()).toEqual([{ domain: 'used.example', messages: 0, providers: ['R'] }]);
    await add({ domain: 'used.example' });
    expect(await list()).toEqual([]);
  });
});

describe('returned mail', () => {
  test('comes to a domain of its own once its MX is there', async () => {
    const { id, records } = await add({ return_domain: 'in.shop.example' });
    expect(records).toContainEqual(
      expect.objectContaining({
        kind: 'return_mx',
        name: 'in.shop.example',
        expected: '10 perennial.shop.example.',
      }),
    );
    // SPF is about the envelope's sender.
    expect(records[0]).toMatchObject({ kind: 'spf', name: 'in.shop.example' });
    const own = createOwnMailings(pool, { box, clock: clock.now });
    expect((await own.get(workspace.id)).domains).toEqual([{ domain: 'shop.example' }]);
    publish(records);
    names.zones['perennial.shop.example'] = { A: ['192.0.2.1'] };
    expect(await check(id)).toMatchObject({ state: 'verified' });
    const later = createOwnMailings(pool, { box, clock: clock.now });
    expect((await later.get(workspace.id)).domains).toMatchObject([
      { domain: 'shop.example', bounceAddress: 'bounces@in.shop.example' },
    ]);
    expect(await findReturnAddresses(pool, { address: 'Bounces@in.shop.example' })).toBe(1);
    expect(await findReturnAddresses(pool, { address: 'bounces@shop.example' })).toBe(0);
  });

  test('at a domain that is not aligned is told', async () => {
    const { id, records } = await add({ return_domain: 'bounces.other.example' });
    publish(records);
    expect((await check(id)).records[0]).toMatchObject({
      state: 'right',
      notes: [{ code: 'not_aligned', detail: 'bounces.other.example' }],
    });
  });
});

describe('signatures', () => {
  const resolver = async (name: string, type: string) => {
    const answer = type === 'TXT' ? await dns.txt(name) : { kind: 'none' as const };
    return answer.kind === 'found' ? answer.records.map((text) => [text]) : [];
  };

  /** What a message that leaves by SMTP says, as a receiver checks it. */
  async function tried() {
    const server = await startScriptedSmtpServer();
    onTestFinished(() => server.close());
    const { body } = await call('POST', '/providers', {
      body: {
        channel: 'email',
        kind: 'smtp',
        settings: {
          host: '127.0.0.1',
          port: server.port,
          security: 'none',
          from: 'Shop <hi@news.shop.example>',
        },
      },
    });
    const answer = await call('POST', `/providers/${body.id}/try`, {
      body: { to: 'ann@home.example' },
    });
    expect(answer.body).toMatchObject({ outcome: 'accepted' });
    const { results } = await dkimVerify(Buffer.from(server.accepted.at(-1)!, 'latin1'), {
      resolver,
    });
    await call('DELETE', `/providers/${body.id}`);
    return results.map(({ selector, signingDomain, status }) => ({
      selector,
      signingDomain,
      result: status.result,
    }));
  }

  test('are made once the key is in DNS, and go on while the key is changed', async () => {
    const { id, records } = await add();
    const [first, second] = records.flatMap(({ selector }) => selector ?? []);
    expect(await tried()).toEqual([expect.objectContaining({ result: 'none' })]);
    publish(records);
    await check(id);
    const by = (selector: string | undefined) => [
      { selector, signingDomain: 'shop.example', result: 'pass' },
    ];
    expect(await tried()).toEqual(by(first));

    expect(await call('POST', `/sender_domains/${id}/rotate`)).toMatchObject({ status: 200 });
    expect(await tried()).toEqual(by(second));

    // What the first signed may be on its way.
    const early = await call('POST', `/sender_domains/${id}/renew-key`, { body: {} });
    expect(early).toMatchObject({ status: 409 });
    clock.advance(6 * 86_400_000);
    const renewed = await call('POST', `/sender_domains/${id}/renew-key`, { body: {} });
    expect(renewed).toMatchObject({ status: 200, body: { rotation: { next_selector: first } } });
    const newKey = renewed.body.records.find((each: RecordView) => each.selector === first);
    expect(newKey).toMatchObject({ state: 'unknown' });
    expect(newKey.expected).not.toBe(records[1]!.expected);

    expect(await check(id)).toMatchObject({ state: 'verified', rotation: { ready: false } });
    expect(await call('POST', `/sender_domains/${id}/rotate`)).toMatchObject({ status: 409 });
    publish([newKey]);
    await check(id);
    expect(await call('POST', `/sender_domains/${id}/rotate`)).toMatchObject({ status: 200 });
    expect(await tried()).toEqual(by(first));
  });

  test('of an older key can be given up at once', async () => {
    const { id, records } = await add();
    publish(records);
    await check(id);
    await call('POST', `/sender_domains/${id}/rotate`);
    const body = { even_in_transit: true };
    expect(await call('POST', `/sender_domains/${id}/renew-key`, { body })).toMatchObject({
      status: 200,
    });
  });
});

describe('senders', () => {
  const create = (body: object, options = {}) => call('POST', '/senders', { body, ...options });

  test('are at a domain, or below one, and may be chosen', async () => {
    await add();
    const made = await create({
      name: 'Ann, of "Shop"',
      address: 'ann@News.shop.example',
      reply_to: 'help@other.example',
    });
    expect(made).toMatchObject({
      status: 201,
      body: { address: 'ann@news.shop.example', domain: 'shop.example', domain_state: 'pending' },
    });
    expect(await listSenders(pool, { workspaceId: workspace.id, channel: 'email' })).toEqual([
      String.raw`"Ann, of \"Shop\"" <ann@news.shop.example>`,
    ]);
    const own = createOwnMailings(pool, { box, clock: clock.now });
    expect((await own.get(workspace.id)).replyTo).toEqual({
      'ann@news.shop.example': 'help@other.example',
    });
    const changed = await call('PATCH', `/senders/${made.body.id}`, {
      body: { name: 'Ann', reply_to: null },
    });
    expect(changed.body).toMatchObject({ name: 'Ann', reply_to: null });
    expect(await create({ name: 'Twice', address: 'ann@news.shop.example' })).toMatchObject({
      status: 409,
    });
    expect((await call('DELETE', `/senders/${made.body.id}`)).status).toBe(204);
    expect((await call('GET', '/senders')).body.items).toEqual([]);
  });

  test.each([
    [{ name: 'X', address: 'x@other.example' }, '/address'],
    [{ name: 'X', address: 'x@notshop.example' }, '/address'],
    [{ name: 'X', address: 'X <x@shop.example>' }, '/address'],
    [{ name: 'X', address: 'a@shop.example, b@shop.example' }, '/address'],
    [{ name: 'X\r\nBcc: y@shop.example', address: 'x@shop.example' }, '/name'],
    [{ name: 'X', address: 'x@shop.example', reply_to: 'nobody' }, '/reply_to'],
  ])('%j is refused, and says where', async (body, path) => {
    await add();
    const answer = await create(body);
    expect([400, 422]).toContain(answer.status);
    expect(answer.body.errors).toMatchObject([{ path }]);
  });

  test('of another workspace are not there, nor are its domains', async () => {
    await add();
    const made = await create({ name: '🛍️', address: 'hi@shop.example' });
    expect(made.body).toMatchObject({ name: '🛍️' });
    const other = await addWorkspace('elsewhere');
    const as = await addKey({ workspaceId: other.id });
    expect((await create({ name: 'X', address: 'x@shop.example' }, { as })).status).toBe(422);
    expect((await call('DELETE', `/senders/${made.body.id}`, { as })).status).toBe(404);
    expect(
      (await call('PATCH', `/senders/${made.body.id}`, { as, body: { name: 'Y' } })).status,
    ).toBe(404);
  });
});

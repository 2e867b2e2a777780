import type { HttpCall } from '@perennial/channels/providers';
import {
  createSnsPeer,
  sendgridKeys,
  signedByMailgun,
  signedByResend,
  signedBySendgrid,
  type SignedCall,
} from '@perennial/channels/provider-peers';
import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import type { Egress } from '../../egress/index.ts';
import { testApp } from '../../http/test-app.ts';
import { decodeStamped } from '../../inbox/index.ts';
import { createSecretBox } from '../../secret/index.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { applyDeliveries } from '../apply-deliveries.ts';
import { decideSends } from '../decide-sends.ts';
import { createProvider } from '../providers/save-provider.ts';
import { createDeliveryKeys } from '../senders/delivery-key.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from '../test-world.ts';
import { createCallbackUrls } from './callback-url.ts';
import { providerCallbacks } from './provider-callbacks.ts';

const sns = createSnsPeer();
const amazon = { asked: [] as string[], isDown: false };
/** The world outside: Amazon's certificate and its confirmations. */
const outside: Egress = {
  names: () => false,
  close: async () => {},
  async send({ url }: HttpCall) {
    amazon.asked.push(url);
    if (amazon.isDown) return { kind: 'unreached', problem: 'No route.' };
    const body = url === sns.certificateUrl ? sns.certificate : '<ConfirmSubscriptionResponse/>';
    return { kind: 'answered', answer: { status: 200, headers: {}, body, cut: false } };
  },
};

const box = createSecretBox('the secret of all tests, which is no secret');
const { pool } = await testDatabase();
let now = NOW;
const { app, origin } = await testApp({
  routes: [],
  protocols: [
    providerCallbacks({
      pool,
      box,
      egress: outside,
      slots: TEST_SLOTS,
      clock: () => now,
    }),
  ],
});
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const world = createWorld(pool);
const keys = createDeliveryKeys(box);
const urls = createCallbackUrls(box);
const workspaceId = await world.workspace();
const otherId = await world.workspace();
const messageId = await world.message({ workspaceId });

const { privateKey, shown } = sendgridKeys();
const SIGNING_KEY = 'mailgun-signing-key';
const RESEND_SECRET = `whsec_${Buffer.from('resend secret of the tests').toString('base64')}`;

async function provider(kind: string, settings: Record<string, unknown>, workspace = workspaceId) {
  const row = await createProvider(
    pool,
    { box, egress: outside },
    {
      workspaceId: workspace,
      by: origin(workspace),
      channel: 'email',
      kind,
      settings: { from: 'news@example.com', ...settings },
      enabled: true,
    },
  );
  return { id: row.id, path: urls.pathOf(row.id) };
}

const ses = { region: 'eu-central-1', access_key_id: 'AKIA', secret_access_key: 'x' };
const providers = {
  sendgrid: await provider('sendgrid', { api_key: 'x', webhook_public_key: shown }),
  mailgun: await provider('mailgun', {
    domain: 'example.com',
    api_key: 'x',
    webhook_signing_key: SIGNING_KEY,
  }),
  postmark: await provider('postmark', {
    server_token: 'x',
    webhook_user: 'post',
    webhook_password: 'mark',
  }),
  openPostmark: await provider('postmark', { server_token: 'x' }),
  resend: await provider('resend', { api_key: 'x', webhook_secret: RESEND_SECRET }),
  ses: await provider('ses', ses),
  topicSes: await provider('ses', {
    ...ses,
    topic_arn: 'arn:aws:sns:eu-central-1:123456789012:other',
  }),
};
const foreign = await provider('sendgrid', { api_key: 'x', webhook_public_key: shown }, otherId);

let people = 0;
let email: string;
let contactId: number;

beforeEach(async () => {
  now = NOW;
  amazon.isDown = false;
  people += 1;
  email = `p${people}@example.net`;
  contactId = await world.contact({ workspaceId, email });
});

/** A message that its provider took. */
async function sent(): Promise<number> {
  const request = requestFor({ workspaceId, contactId, messageId });
  const [decision] = await inTransaction(pool, (tx) =>
    decideSends(tx, { requests: [request], now: NOW }),
  );
  const { rows } = await pool.query<{ id: number }>(
    `update deliveries set state = 'accepted', status = 'sent', due_at = null
      where send_id = $1 returning id`,
    [decision!.sendId],
  );
  return rows[0]!.id;
}

async function arrives(path: string, { headers, body }: SignedCall): Promise<number> {
  const { statusCode } = await app.inject({ method: 'POST', url: path, headers, payload: body });
  return statusCode;
}

/** What stands in the slots' queues is applied, as a worker would. */
async function applied(): Promise<number> {
  const { rows } = await pool.query<{ payload: Buffer }>(
    'delete from slot_queue returning payload',
  );
  const entries = rows
    .flatMap(({ payload }) => decodeStamped(payload))
    .flatMap(({ item, ...entry }) => (item.kind === 'delivery' ? [{ ...entry, item }] : []));
  await inTransaction(pool, (tx) => applyDeliveries(tx, { entries, slots: TEST_SLOTS, now: NOW }));
  return entries.length;
}

async function statusOf(id: number): Promise<string> {
  await applied();
  const { rows } = await pool.query<{ status: string }>(
    'select status from deliveries where id = $1',
    [id],
  );
  return rows[0]!.status;
}

async function suppressions(): Promise<string[]> {
  const { rows } = await pool.query<{ reason: string }>(
    'select reason from suppressions where address = $1 order by reason',
    [email],
  );
  return rows.map(({ reason }) => reason);
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

function event(id: number, name: string, more: object = {}): object {
  return { event: name, delivery: keys.of(id), timestamp: seconds(NOW), email, ...more };
}

function sendgrid(...events: object[]): SignedCall {
  return signedBySendgrid(events, { key: privateKey, now });
}

function mailgun(id: number, name: string, more: object = {}): SignedCall {
  const data = {
    event: name,
    timestamp: seconds(NOW),
    'user-variables': { delivery: keys.of(id) },
  };
  return signedByMailgun({ ...data, ...more }, { key: SIGNING_KEY, now });
}

function resend(id: number, type: string, more: object = {}): SignedCall {
  const data = { tags: { delivery: keys.of(id) }, ...more };
  const content = { type, created_at: NOW.toISOString(), data };
  return signedByResend(content, { secret: RESEND_SECRET, now });
}

function postmark(id: number, record: object, credentials = 'post:mark'): SignedCall {
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return {
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ Metadata: { delivery: keys.of(id) }, ...record }),
  };
}

function amazonSays(id: number, content: object, version: '1' | '2' = '2'): SignedCall {
  const Message = JSON.stringify({ mail: { tags: { delivery: [keys.of(id)] } }, ...content });
  return sns.call({ Type: 'Notification', Message }, { version, now });
}

const HARD = { type: 'bounce', status: '5.1.1', reason: '550 5.1.1 User unknown' };
const COMPLAINT = {
  eventType: 'Complaint',
  complaint: { timestamp: NOW.toISOString(), complaintFeedbackType: 'abuse' },
};
const SES_DELIVERY = { eventType: 'Delivery', delivery: { timestamp: NOW.toISOString() } };

describe('a genuine callback', () => {
  type Vendor = keyof typeof providers;
  test.each<[Vendor, (id: number) => SignedCall, string, string[]]>([
    ['sendgrid', (id) => sendgrid(event(id, 'delivered')), 'delivered', []],
    ['sendgrid', (id) => sendgrid(event(id, 'bounce', HARD)), 'undelivered', ['bounced']],
    ['sendgrid', (id) => sendgrid(event(id, 'unsubscribe')), 'unsubscribed', ['unsubscribed']],
    ['mailgun', (id) => mailgun(id, 'complained'), 'complained', ['complained']],
    ['mailgun', (id) => mailgun(id, 'delivered'), 'delivered', []],
    ['resend', (id) => resend(id, 'email.delivered'), 'delivered', []],
    ['resend', (id) => resend(id, 'email.complained'), 'complained', ['complained']],
    [
      'postmark',
      (id) => postmark(id, { RecordType: 'Bounce', Type: 'HardBounce', BouncedAt: NOW }),
      'undelivered',
      ['bounced'],
    ],
    [
      'openPostmark',
      (id) => postmark(id, { RecordType: 'Delivery', DeliveredAt: NOW }, ':'),
      'delivered',
      [],
    ],
    ['ses', (id) => amazonSays(id, COMPLAINT, '1'), 'complained', ['complained']],
    ['ses', (id) => amazonSays(id, SES_DELIVERY, '2'), 'delivered', []],
  ])('of %s is believed', async (vendor, call, status, suppressed) => {
    const id = await sent();
    expect(await arrives(providers[vendor].path, call(id))).toBe(200);
    expect(await suppressions()).toEqual(suppressed);
    expect(await statusOf(id)).toBe(status);
    const { rows } = await pool.query('select callback_at from providers where id = $1', [
      providers[vendor].id,
    ]);
    expect(rows).toEqual([{ callback_at: NOW }]);
  });

  test('of many events is applied whole, unknown ones passed over', async () => {
    const ids = [await sent(), await sent()];
    const strange = { event: 'delivered', delivery: '1_0123456789abcdef', timestamp: 1 };
    const call = sendgrid(...ids.map((id) => event(id, 'delivered')), strange, { event: 'open' });
    expect(await arrives(providers.sendgrid.path, call)).toBe(200);
    await applied();
    const { rows } = await pool.query('select status from deliveries where id = any($1)', [ids]);
    expect(rows).toEqual([{ status: 'delivered' }, { status: 'delivered' }]);
  });
});

describe('a forged callback', () => {
  const changed = ({ headers, body }: SignedCall): SignedCall => ({
    headers,
    body: body.replace('delivered', 'unsubscribe'),
  });
  test.each<[string, (id: number) => [string, SignedCall]]>([
    [
      'signed with another key',
      (id) => [
        providers.sendgrid.path,
        signedBySendgrid([event(id, 'spamreport')], { key: sendgridKeys().privateKey, now }),
      ],
    ],
    [
      'changed after it was signed',
      (id) => [providers.sendgrid.path, changed(sendgrid(event(id, 'delivered')))],
    ],
    [
      'without a signature',
      (id) => [
        providers.sendgrid.path,
        { headers: {}, body: JSON.stringify([event(id, 'spamreport')]) },
      ],
    ],
    [
      'of Mailgun, with another key',
      (id) => [
        providers.mailgun.path,
        signedByMailgun(
          { event: 'complained', 'user-variables': { delivery: keys.of(id) } },
          { key: 'guess', now },
        ),
      ],
    ],
    [
      'of Resend, changed',
      (id) => [
        providers.resend.path,
        {
          ...resend(id, 'email.delivered'),
          body: resend(id, 'email.complained').body,
        },
      ],
    ],
    [
      'of Postmark, with a wrong password',
      (id) => [providers.postmark.path, postmark(id, { RecordType: 'SpamComplaint' }, 'post:x')],
    ],
    [
      'of SES, changed',
      (id) => [
        providers.ses.path,
        {
          headers: {},
          body: amazonSays(id, SES_DELIVERY).body.replace('Delivery', 'Complaint'),
        },
      ],
    ],
    ['of SES, by another topic', (id) => [providers.topicSes.path, amazonSays(id, COMPLAINT)]],
  ])('%s is refused and changes nothing', async (_, make) => {
    const id = await sent();
    expect(await arrives(...make(id))).toBe(401);
    expect(await suppressions()).toEqual([]);
    expect(await statusOf(id)).toBe('sent');
  });

  test.each([
    'https://evil.example/SimpleNotificationService-1.pem',
    'http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem',
    'https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem',
    'https://sns.eu-central-1.amazonaws.com:8443/SimpleNotificationService-1.pem',
    'https://user@sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem',
    'https://sns.eu-central-1.amazonaws.com/elsewhere.pem',
    'https://s3.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem',
  ])('names the certificate %s, which is never asked for', async (url) => {
    const call = amazonSays(await sent(), COMPLAINT);
    amazon.asked = [];
    const body = call.body.replace(sns.certificateUrl, url);
    expect(await arrives(providers.ses.path, { ...call, body })).toBe(401);
    expect(amazon.asked).toEqual([]);
  });
});

describe('a callback that comes late', () => {
  const DAY = 86_400_000;
  test.each<[keyof typeof providers, number, (id: number) => SignedCall]>([
    ['sendgrid', 2 * DAY, (id) => sendgrid(event(id, 'spamreport'))],
    ['mailgun', 2 * DAY, (id) => mailgun(id, 'complained')],
    ['resend', 6 * 60_000, (id) => resend(id, 'email.complained')],
    ['ses', 2 * DAY, (id) => amazonSays(id, COMPLAINT)],
  ])('is a replay: %s after %d ms', async (vendor, afterMs, make) => {
    const call = make(await sent());
    now = new Date(NOW.getTime() + afterMs);
    expect(await arrives(providers[vendor].path, call)).toBe(401);
    expect(await suppressions()).toEqual([]);
  });

  test('and in the wrong order never goes backwards', async () => {
    const id = await sent();
    for (const name of ['spamreport', 'unsubscribe', 'bounce', 'delivered', 'deferred']) {
      await arrives(providers.sendgrid.path, sendgrid(event(id, name, HARD)));
      expect(await statusOf(id)).toBe('complained');
    }
  });

  test('says nothing against a yes that is newer', async () => {
    const id = await sent();
    const before = seconds(NOW) - 60;
    const call = sendgrid(event(id, 'unsubscribe', { timestamp: before }));
    expect(await arrives(providers.sendgrid.path, call)).toBe(200);
    expect(await suppressions()).toEqual([]);
    expect(await statusOf(id)).toBe('sent');
  });
});

describe('a callback that comes again', () => {
  test.each<[string, string]>([
    ['bounce', 'undelivered'],
    ['spamreport', 'complained'],
    ['unsubscribe', 'unsubscribed'],
  ])('does not shut out who was let in since: %s', async (name, status) => {
    const id = await sent();
    const call = sendgrid(event(id, name, HARD));
    await arrives(providers.sendgrid.path, call);
    expect(await statusOf(id)).toBe(status);
    await pool.query('delete from suppressions where address = $1', [email]);
    expect(await arrives(providers.sendgrid.path, call)).toBe(200);
    expect(await suppressions()).toEqual([]);
    expect(await statusOf(id)).toBe(status);
  });

  test('within one batch blocks once', async () => {
    const full = event(await sent(), 'bounce', { status: '5.2.2', reason: '552 Full' });
    await arrives(providers.sendgrid.path, sendgrid(full, full, full));
    const { rows } = await pool.query('select strikes from suppressions where address = $1', [
      email,
    ]);
    expect(rows).toEqual([{ strikes: 1 }]);
  });

  test('five unclear bounces of five messages make an address dead', async () => {
    for (let i = 0; i < 5; i += 1) {
      expect(await suppressions()).toEqual([]);
      const unclear = event(await sent(), 'bounce', { type: 'bounce', reason: '550 No' });
      await arrives(providers.sendgrid.path, sendgrid(unclear));
      await arrives(providers.sendgrid.path, sendgrid(unclear));
      await applied();
    }
    expect(await suppressions()).toEqual(['bounced']);
  });
});

test("a delivery of another workspace is none of a provider's business", async () => {
  const id = await sent();
  expect(await arrives(foreign.path, sendgrid(event(id, 'spamreport')))).toBe(200);
  expect(await suppressions()).toEqual([]);
  expect(await statusOf(id)).toBe('sent');
});

describe('a subscription of a topic', () => {
  const SubscribeURL =
    'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37';
  const wish = (url = SubscribeURL): SignedCall =>
    sns.call(
      {
        Type: 'SubscriptionConfirmation',
        Message: 'Confirm',
        Token: '2336412f37',
        SubscribeURL: url,
      },
      { now },
    );

  test('is confirmed', async () => {
    amazon.asked = [];
    expect(await arrives(providers.ses.path, wish())).toBe(200);
    expect(amazon.asked).toContain(SubscribeURL);
  });

  test('is asked for again when it could not be', async () => {
    amazon.isDown = true;
    expect(await arrives(providers.ses.path, wish())).toBe(503);
  });

  test('leads nowhere else', async () => {
    amazon.asked = [];
    await arrives(providers.ses.path, wish('https://169.254.169.254/latest'));
    expect(amazon.asked.filter((url) => url !== sns.certificateUrl)).toEqual([]);
  });
});

describe('a call', () => {
  test.each([
    ['with another token', () => providers.sendgrid.path.replace(/.{4}$/, 'AAAA')],
    ['with the token of another provider', () => providers.sendgrid.path.replace(/\/\d+\//, '/1/')],
    ['to nobody', () => urls.pathOf(999_999)],
    ['to no number', () => '/callbacks/x/y'],
    ['with a large number', () => `/callbacks/${'9'.repeat(30)}/y`],
  ])('%s finds nothing', async (_, path) => {
    const target = path() === providers.sendgrid.path ? `${path()}x` : path();
    expect(await arrives(target, sendgrid(event(await sent(), 'spamreport')))).toBe(404);
  });

  test('of 2 MB is refused', async () => {
    const call = { headers: {}, body: 'x'.repeat(2_000_000) };
    expect(await arrives(providers.openPostmark.path, call)).toBe(413);
  });

  test.each(['{', '\u0000', '<xml/>'])('with %j is refused', async (body) => {
    const headers = { 'content-type': 'text/plain' };
    expect(await arrives(providers.openPostmark.path, { headers, body })).toBe(400);
    expect(await arrives(providers.sendgrid.path, { headers, body })).toBe(401);
    expect(await arrives(providers.mailgun.path, { headers, body })).toBe(401);
    expect(await arrives(providers.ses.path, { headers, body })).toBe(401);
  });
});

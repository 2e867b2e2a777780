import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { createHttpApp } from '../../http/create-http-app.ts';
import { createInbox, decodeItems, decodeStamped } from '../../inbox/index.ts';
import { createRecipientTokens, recipientTokenKey } from '../../messages/index.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { applyDeliveries } from '../apply-deliveries.ts';
import { decideSends } from '../decide-sends.ts';
import {
  PUBLIC_URL,
  standingClock,
  testBox,
  testRenderPool,
  testSenders,
} from '../senders/test-senders.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from '../test-world.ts';
import { readNetworks } from '../networks/read-networks.ts';
import { recipientPages } from './recipient-pages.ts';
import pino from 'pino';
import { Registry } from 'prom-client';

const { pool } = await testDatabase();
const world = createWorld(pool);
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const clock = standingClock();
const inbox = createInbox({ pool, clock: clock.now });
const renderPool = testRenderPool();
const app = await createHttpApp({
  pool,
  routes: [],
  authenticate: () => Promise.resolve(undefined),
  clock: clock.now,
  logger: pino({ level: 'silent' }),
  registry: new Registry(),
  version: 'test',
  webRoot: '/nonexistent',
  protocols: [
    recipientPages({
      pool,
      inbox,
      renderPool,
      box: testBox,
      slots: TEST_SLOTS,
      clock: clock.now,
      networks: readNetworks({ file: undefined }),
    }),
  ],
});
afterAll(async () => {
  await app.close();
  await inbox.close();
  await renderPool.close();
});

const tokens = createRecipientTokens(recipientTokenKey(testBox));
let workspaceId: number;
let html: string;
let contactId: number;
let email: string;
let deliveryId: number;
let sendId: number;
let people = 0;

beforeAll(async () => {
  workspaceId = await world.workspace();
});

/** A message that was sent, with its links as they were received. */
beforeEach(async () => {
  await pool.query(`delete from inbox`);
  const content = {
    en: {
      subject: 'S',
      html: '<p>Hi</p><a href="https://shop.example/?a=1&amp;b=2">x</a> <a href="{{ unsubscribe_url }}">u</a> <a href="{{ view_url }}">v</a> <a href="{{ confirm_url }}">c</a> <a href="{{ preferences_url }}">p</a>',
    },
  };
  const messageId = await world.message({ workspaceId, content });
  email = `p${(people += 1)}@home.example`;
  contactId = await world.contact({ workspaceId, email });
  const [decision] = await inTransaction(pool, (tx) =>
    decideSends(tx, { requests: [requestFor({ workspaceId, contactId, messageId })], now: NOW }),
  );
  sendId = decision!.sendId;
  await (await testSenders({ pool, renderPool, clock })).drain();
  await pool.query(`delete from slot_queue`);
  const { rows } = await pool.query<{ delivery_id: number; content: { html: string } }>(
    `select delivery_id, content from sandbox_messages where contact_id = $1`,
    [contactId],
  );
  deliveryId = rows[0]!.delivery_id;
  html = rows[0]!.content.html;
});

const link = (path: string) => new RegExp(`"${PUBLIC_URL}(/${path}/[^"]+)"`).exec(html)![1]!;

async function visit(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  payload?: string,
) {
  return app.inject({
    method: method as 'GET',
    url,
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/150.0', ...headers },
    ...(payload !== undefined && { payload }),
  });
}

async function recorded() {
  const { rows } = await pool.query<{ payload: Buffer }>(`select payload from inbox order by seq`);
  return rows.flatMap(({ payload }) => decodeItems(payload));
}

const GMAIL =
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
const GMAIL_AHEAD =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0';
/** Of Amazon Web Services. */
const CLOUD = '3.5.140.2';

describe('a tracked link', () => {
  test('leads on and is a click', async () => {
    const answer = await visit('GET', link('r'));
    expect(answer.statusCode).toBe(302);
    expect(answer.headers['location']).toBe('https://shop.example/?a=1&b=2');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(await recorded()).toEqual([
      {
        kind: 'delivery',
        ids: [['contact', String(contactId)]],
        at: clock.now().getTime(),
        source: 'web',
        contactId,
        sendId,
        deliveryId,
        status: 'clicked',
        url: 'https://shop.example/?a=1&b=2',
        links: 1,
      },
    ]);
  });

  test.each([
    ['HEAD', {}, 'head'],
    ['GET', { 'sec-purpose': 'prefetch;prerender' }, 'prefetch'],
    ['GET', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }, 'declared'],
    ['GET', { 'user-agent': 'Mozilla/5.0' }, 'mail privacy proxy'],
    ['GET', { 'user-agent': 'python-requests/2.32' }, 'declared'],
    ['GET', { 'x-forwarded-for': CLOUD }, 'data centre'],
    ['GET', { 'x-forwarded-for': '40.92.1.1' }, 'mail scanner'],
  ])('asked for by a machine (%s %j) is recorded as that', async (method, headers, machine) => {
    const answer = await visit(method, link('r'), headers);
    expect(answer.statusCode).toBe(302);
    expect(await recorded()).toMatchObject([{ status: 'clicked', machine }]);
  });

  test('of a push is clicked by the app with HEAD', async () => {
    const token = tokens.seal({
      kind: 'link',
      channel: 'mobile_push',
      workspaceId,
      contactId,
      sendId,
      deliveryId,
      url: 'shop://today',
    });
    const answer = await visit('HEAD', `/r/${token}`);
    expect(answer.headers['location']).toBe('shop://today');
    expect((await recorded())[0]).not.toHaveProperty('machine');
  });

  test('of two thousand characters works', async () => {
    const url = `https://shop.example/?q=${'x'.repeat(2_000)}`;
    const token = tokens.seal({
      kind: 'link',
      channel: 'email',
      workspaceId,
      contactId,
      sendId,
      deliveryId,
      url,
    });
    expect((await visit('GET', `/r/${token}`)).headers['location']).toBe(url);
  });
});

test.each([
  ['Gmail for its reader', { 'user-agent': GMAIL, 'x-forwarded-for': '66.102.8.1' }, undefined],
  ['a mail program in the browser', { 'x-forwarded-for': CLOUD }, undefined],
  ['Gmail ahead of its reader', { 'user-agent': GMAIL_AHEAD }, 'prefetch'],
  ['a mail scanner', { 'x-forwarded-for': '40.92.1.1' }, 'mail scanner'],
])('the pixel fetched by %s', async (_, headers, machine) => {
  await visit('GET', link('o'), headers);
  expect((await recorded())[0]).toMatchObject({ status: 'opened' });
  expect((await recorded()).map((item) => 'machine' in item && item.machine)).toEqual([
    machine ?? false,
  ]);
});

test('the pixel is an open, shows on any site, and is kept by nobody', async () => {
  const answer = await visit('GET', link('o'));
  expect(answer.headers).toMatchObject({
    'content-type': 'image/gif',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'no-store, private',
  });
  expect(await recorded()).toMatchObject([{ status: 'opened', deliveryId }]);
});

test.each(['r', 'o', 'u', 'v', 'preferences'])(
  '/%s with a token that was changed, is of another kind or none is not found and does nothing',
  async (path) => {
    const good = link('r').slice(3);
    const at = 20;
    const changed = good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1);
    const otherKind = path === 'r' ? link('u').slice(3) : good;
    for (const token of [changed, otherKind, 'x', '..%2f..%2fetc', '']) {
      for (const method of path === 'u' ? ['GET', 'POST'] : ['GET']) {
        const answer = await visit(method, `/${path}/${token}`);
        expect(answer.statusCode).toBe(404);
        expect(answer.headers['location']).toBeUndefined();
      }
    }
    expect(await recorded()).toEqual([]);
  },
);

describe('unsubscribing', () => {
  const suppressions = async () => {
    const { rows } = await pool.query(
      `select channel, reason, source, contact_id, delivery_id from suppressions where workspace_id = $1 and address = $2`,
      [workspaceId, email],
    );
    return rows;
  };
  const queued = async () => {
    const { rows } = await pool.query<{ payload: Buffer }>(
      `select payload from slot_queue order by seq`,
    );
    return rows.flatMap(({ payload }) => decodeStamped(payload));
  };

  test('is asked about by a page that changes nothing', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await visit(method, link('u'));
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toContain('text/html');
    }
    expect((await visit('GET', link('u'))).payload).toContain('<form method="post">');
    expect(await suppressions()).toEqual([]);
  });

  test.each([
    [
      'one click of the mail program',
      'application/x-www-form-urlencoded',
      'List-Unsubscribe=One-Click',
    ],
    ['the button of the page', 'application/x-www-form-urlencoded', ''],
    [
      'a form in parts',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ])(
    'by %s holds at once, and is told to every contact with the address',
    async (_by, type, body) => {
      const sharer = await world.contact({ workspaceId, externalId: `s${people}` });
      await world.identifier({ workspaceId, contactId: sharer, kind: 'email', value: email });
      const answer = await visit('POST', link('u'), { 'content-type': type }, body);
      expect(answer.statusCode).toBe(200);
      expect(await suppressions()).toEqual([
        {
          channel: 'email',
          reason: 'unsubscribed',
          source: 'web',
          contact_id: contactId,
          delivery_id: deliveryId,
        },
      ]);
      const entries = await queued();
      const facts = entries.filter(({ item }) => item.kind === 'suppression');
      expect(new Set(facts.map((entry) => entry.contactId))).toEqual(new Set([contactId, sharer]));
      expect(facts).toHaveLength(2);
      expect(facts[0]).toMatchObject({
        lane: 0,
        item: { address: email, reason: 'unsubscribed', send: { sendId, deliveryId } },
      });
      const reports = entries.flatMap(({ item, ...entry }) =>
        item.kind === 'delivery' ? [{ ...entry, item }] : [],
      );
      await inTransaction(pool, (tx) =>
        applyDeliveries(tx, { entries: reports, slots: TEST_SLOTS, now: clock.now() }),
      );
      const { rows } = await pool.query(`select status from sends where id = $1`, [sendId]);
      expect(rows).toEqual([{ status: 'unsubscribed' }]);
    },
  );

  test('is not asked about again by whoever has left', async () => {
    await visit('POST', link('u'));
    const { payload } = await visit('GET', link('u'));
    expect(payload).toContain('You are unsubscribed');
    expect(payload).toContain('Subscribe again');
  });

  test('may be narrowed down to topics where there are some', async () => {
    const { payload } = await visit('GET', link('u'));
    expect(payload).not.toContain('instead');
    await addCategories();
    const topics = /href="\.\.(\/preferences\/[^"]+)"/;
    const [, path] = topics.exec((await visit('GET', link('u'))).payload)!;
    expect((await visit('GET', path!)).payload).toContain('Tips &amp; tricks');
    await pool.query(`delete from categories where workspace_id = $1`, [workspaceId]);
  });

  test('twice is as good as once', async () => {
    await visit('POST', link('u'));
    const before = (await queued()).length;
    expect((await visit('POST', link('u'))).statusCode).toBe(200);
    expect((await queued()).length).toBe(before);
  });

  test('from a test changes nothing', async () => {
    await pool.query(`update sends set test = true where id = $1`, [sendId]);
    expect((await visit('POST', link('u'))).payload).toContain('test message');
    expect(await suppressions()).toEqual([]);
  });

  test('from a message that was erased says that the link is dead', async () => {
    await pool.query(`delete from deliveries where id = $1`, [deliveryId]);
    expect((await visit('POST', link('u'))).statusCode).toBe(404);
  });
});

describe('a reason for leaving', () => {
  const details = async () => {
    const { rows } = await pool.query(
      `select details from suppressions where workspace_id = $1 and address = $2`,
      [workspaceId, email],
    );
    return rows.map((row) => row['details']);
  };
  const leave = (reason: string) =>
    visit(
      'POST',
      link('u'),
      { 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams({ reason }).toString(),
    );

  test('is one of those offered, and kept with the refusal', async () => {
    await pool.query(`update workspaces set settings = $2 where id = $1`, [
      workspaceId,
      JSON.stringify({ unsubscribe_reasons: ['Too <many> & too long'] }),
    ]);
    expect((await visit('GET', link('u'))).payload).toContain('Too &lt;many&gt; &amp; too long');
    await leave('Too <many> & too long');
    expect(await details()).toEqual(['Too <many> & too long']);
  });

  test('that nobody offered is not taken down', async () => {
    await leave('<script>');
    expect(await details()).toEqual([null]);
  });
});

describe('confirming', () => {
  const held = async () => {
    const { rows } = await pool.query<{ reason: string }>(
      `select reason from suppressions where workspace_id = $1 and address = $2 order by reason`,
      [workspaceId, email],
    );
    return rows.map(({ reason }) => reason);
  };

  test('is asked about by a page that changes nothing', async () => {
    await world.suppress({ workspaceId, address: email, reason: 'unsubscribed' });
    for (const method of ['GET', 'HEAD']) {
      expect((await visit(method, link('c'))).statusCode).toBe(200);
    }
    expect(await held()).toEqual(['unsubscribed']);
    expect(await recorded()).toEqual([]);
  });

  test('is the word of the contact, and takes back what was refused, not what others decided', async () => {
    for (const reason of ['unsubscribed', 'complained', 'bounced', 'blacklisted'] as const) {
      await world.suppress({ workspaceId, address: email, reason });
    }
    await visit('POST', link('c'));
    expect(await held()).toEqual(['blacklisted']);
    expect(await recorded()).toEqual([
      {
        kind: 'consent',
        ids: [['contact', String(contactId)]],
        at: clock.now().getTime(),
        source: 'web',
        confirm: { channel: 'email', address: email },
        consent: { text: expect.stringContaining('Yes') },
        send: { sendId, deliveryId },
      },
    ]);
  });

  test('is offered to whoever has just left, and keeps the words of that button', async () => {
    const left = await visit('POST', link('u'));
    const again = /action="\.\.(\/c\/[^"]+)"/.exec(left.payload)![1]!;
    const said = /name="said" value="(\w+)"/.exec(left.payload)![1]!;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await visit('POST', again, form, `said=${said}`)).statusCode).toBe(200);
    expect(await held()).toEqual([]);
    const { rows } = await pool.query<{ payload: Buffer }>(`select payload from slot_queue`);
    const items = rows.flatMap((row) => decodeStamped(row.payload)).map(({ item }) => item);
    expect(items.filter((item) => item.kind === 'suppression' && item.lifted)).toMatchObject([
      { reason: 'unsubscribed', text: 'Subscribe again', send: { sendId, deliveryId } },
    ]);
    expect(await recorded()).toMatchObject([{ consent: { text: 'Subscribe again' } }]);
  });

  test('is answered by what is true then', async () => {
    expect((await visit('POST', link('c'))).payload).toContain('You are subscribed');
    await world.suppress({ workspaceId, address: email, reason: 'blacklisted' });
    const { payload } = await visit('POST', link('c'));
    expect(payload).not.toContain('You are subscribed');
    expect(payload).toContain('does not write to this address');
  });

  test('a test message, or one that was erased, changes nothing', async () => {
    await pool.query(`update sends set test = true where id = $1`, [sendId]);
    expect((await visit('POST', link('c'))).payload).toContain('test message');
    await pool.query(`delete from deliveries where id = $1`, [deliveryId]);
    expect((await visit('POST', link('c'))).statusCode).toBe(404);
    expect((await visit('POST', link('u').replace('/u/', '/c/'))).statusCode).toBe(404);
    expect(await recorded()).toEqual([]);
  });
});

async function addCategories(): Promise<void> {
  await pool.query(
    `insert into categories (workspace_id, key, name, description, default_subscribed, position, created_at)
     values ($1, 'tips', 'Tips & tricks', '', false, 0, $2), ($1, 'news', 'News', 'Monthly', true, 1, $2)`,
    [workspaceId, NOW],
  );
}

describe('preferences', () => {
  beforeAll(addCategories);

  const post = (form: [string, string][]) =>
    visit(
      'POST',
      link('preferences'),
      { 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams(form).toString(),
    );

  test('show the categories with what holds now', async () => {
    const { payload } = await visit('GET', link('preferences'));
    expect(payload).toContain('Tips &amp; tricks');
    expect(payload).toMatch(/value="news" checked/);
    expect(payload).not.toMatch(/value="tips" checked/);
  });

  test('say categories in the language of the contact, as far as it has words', async () => {
    await pool.query(
      `update categories set translations = '{"uk":{"name":"Поради"},"pl":{"name":"Porady"}}'
        where workspace_id = $1 and key = 'tips'`,
      [workspaceId],
    );
    const seenBy = async (language: string) => {
      await pool.query(
        `update contacts set fields = jsonb_build_object('language', $2::text) where id = $1`,
        [contactId, language],
      );
      return (await visit('GET', link('preferences'))).payload;
    };
    expect(await seenBy('uk-UA')).toMatch(/value="tips"[^]*Поради/);
    // The page is not written in Polish; what the workspace wrote is.
    expect(await seenBy('pl')).toMatch(/lang="en"[^]*value="tips"[^]*Porady/);
    expect(await seenBy('de')).toMatch(/value="tips"[^]*Tips &amp; tricks/);
  });

  test('are the word of the contact about each category that was offered', async () => {
    const answer = await post([
      ['action', 'save'],
      ['category', 'tips'],
      ['category', 'nonsense'],
    ]);
    expect(answer.payload).toContain('Saved');
    expect(await recorded()).toMatchObject([
      { kind: 'consent', source: 'web', consent: { categories: { tips: true, news: false } } },
    ]);
  });

  test('say where nothing comes whatever is chosen, and lead out of it', async () => {
    await post([['action', 'unsubscribe']]);
    for (const { payload } of [
      await visit('GET', link('preferences')),
      await post([['action', 'save']]),
    ]) {
      expect(payload).toContain('This address is unsubscribed');
      expect(payload).toMatch(/action="\.\.\/c\//);
    }
    await pool.query(`delete from suppressions where address = $1`, [email]);
    await pool.query(`update addresses set state = 'unconfirmed' where address = $1`, [email]);
    const { payload } = await visit('GET', link('preferences'));
    expect(payload).toContain('not confirmed yet');
    expect(payload).toMatch(/href="\.\.\/c\//);
  });

  test('or nothing at all any more', async () => {
    expect((await post([['action', 'unsubscribe']])).payload).toContain('You are unsubscribed');
    const { rows } = await pool.query(`select reason from suppressions where address = $1`, [
      email,
    ]);
    expect(rows).toEqual([{ reason: 'unsubscribed' }]);
  });
});

describe('pages', () => {
  const open = (headers: Record<string, string> = {}) => visit('GET', link('c'), headers);

  test('name who writes, and the address so that only its owner reads it', async () => {
    await pool.query(`update workspaces set name = 'Gym <&> more' where id = $1`, [workspaceId]);
    clock.advance(11_000);
    const { payload } = await open();
    expect(payload).toContain('<bdi>Gym &lt;&amp;&gt; more</bdi>');
    expect(payload).toContain('p•••@home.example');
    expect(payload).not.toContain(email);
  });

  test("speak the contact's language, else the message's, else the browser's", async () => {
    const language = (tag: string | null) =>
      pool.query(
        `update contacts set fields = jsonb_build_object('language', $2::text) where id = $1`,
        [contactId, tag],
      );
    await language('ar-EG');
    expect((await open({ 'accept-language': 'de' })).payload).toContain(
      '<html lang="ar" dir="rtl">',
    );
    await language('tlh');
    expect((await open({ 'accept-language': 'de' })).payload).toContain(
      '<html lang="en" dir="ltr">',
    );
    await pool.query(`update sends set language = 'tlh' where id = $1`, [sendId]);
    expect((await open({ 'accept-language': 'de-AT,en;q=0.5' })).payload).toContain('lang="de"');
    const dead = await visit('GET', '/u/nothing', { 'accept-language': 'he' });
    expect(dead.payload).toContain('<html lang="he" dir="rtl">');
  });

  test('keep the words in the language in which they were agreed to', async () => {
    await pool.query(`update contacts set fields = '{"language":"uk"}' where id = $1`, [contactId]);
    await visit('POST', link('c'));
    expect(await recorded()).toMatchObject([
      { consent: { text: expect.stringMatching(/^Так, ця адреса моя.*Gym/) } },
    ]);
  });
});

test('the web version is the message, and can run nothing', async () => {
  const answer = await visit('GET', link('v'));
  expect(answer.statusCode).toBe(200);
  expect(answer.payload).toBe(html);
  expect(answer.headers['content-security-policy']).toMatch(/^sandbox (?!.*allow-scripts)/);
  await pool.query(`delete from sandbox_messages where delivery_id = $1`, [deliveryId]);
  expect((await visit('GET', link('v'))).payload).toBe(html);
});

describe('a break', () => {
  const post = (form: Record<string, string>) =>
    visit(
      'POST',
      link('u'),
      { 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams(form).toString(),
    );
  const rows = async () => {
    const { rows: found } = await pool.query(
      `select reason, until, details from suppressions where workspace_id = $1 and address = $2`,
      [workspaceId, email],
    );
    return found;
  };

  test('is silence for some days, and no farewell', async () => {
    expect((await visit('GET', link('u'))).payload).toContain('Nothing for 30 days');
    const answer = await post({ action: 'pause' });
    expect(answer.payload).toContain('until <bdi>March 31, 2026</bdi>');
    const until = new Date(clock.now().getTime() + 30 * 86_400_000);
    expect(await rows()).toEqual([{ reason: 'unsubscribed', until, details: null }]);
    const { rows: told } = await pool.query<{ payload: Buffer }>(`select payload from slot_queue`);
    const items = told.flatMap(({ payload }) => decodeStamped(payload)).map(({ item }) => item);
    expect(items.map(({ kind }) => kind)).toEqual(['suppression']);
  });

  test('is told with its end where people choose, and lets them leave or come back', async () => {
    await post({ action: 'pause' });
    const chosen = (await visit('GET', link('preferences'))).payload;
    expect(chosen).toContain('until <bdi>March 31, 2026</bdi>');
    expect(chosen).not.toContain('This address is unsubscribed');
    expect(chosen).toMatch(/action="\.\.\/c\//);
    expect((await visit('GET', link('u'))).payload).toContain('Do you no longer want');
    await visit('POST', link('c'), {}, '');
    expect(await rows()).toEqual([]);
  });

  test('gives way to a farewell, and not the other way round', async () => {
    await post({ action: 'pause' });
    await post({ 'List-Unsubscribe': 'One-Click' });
    await post({ action: 'pause' });
    expect(await rows()).toEqual([{ reason: 'unsubscribed', until: null, details: null }]);
  });

  test('is not offered where the workspace wants none, and means leaving there', async () => {
    await pool.query(
      `insert into recipient_pages (workspace_id, theme, updated_at) values ($1, '{"pause_days": 0}', $2)
           on conflict (workspace_id) do update set theme = excluded.theme`,
      [workspaceId, NOW],
    );
    expect((await visit('GET', link('u'))).payload).not.toContain('Nothing for');
    await post({ action: 'pause' });
    expect(await rows()).toEqual([{ reason: 'unsubscribed', until: null, details: null }]);
    await pool.query(`delete from recipient_pages`);
  });
});

describe('channels among the preferences', () => {
  let phone: string;
  beforeAll(async () => {
    await world.message({ workspaceId, channel: 'sms', content: { en: { text: 'Hi' } } });
    await world.message({
      workspaceId,
      channel: 'mobile_push',
      content: { en: { title: 'Hi', body: 'x' } },
    });
  });
  beforeEach(async () => {
    phone = `+3805012345${String(people).padStart(2, '0')}`;
    await pool.query(`update contacts set phone = $2 where id = $1`, [contactId, phone]);
    await pool.query(
      `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
       values ($1, 'sms', $2, $3, 'subscribed', $4, 'api')`,
      [contactId, phone, workspaceId, NOW],
    );
    await pool.query(`delete from suppressions`);
  });

  const page = async () => (await visit('GET', link('preferences'))).payload;
  const save = (shown: string[], chosen: string[]) => {
    const form = [
      ['action', 'save'],
      ...shown.map((key) => ['shown', key]),
      ...chosen.map((key) => ['channel', key]),
    ];
    return visit(
      'POST',
      link('preferences'),
      { 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams(form as [string, string][]).toString(),
    );
  };
  const refused = async () => {
    const { rows } = await pool.query<{ channel: string; reason: string; source: string }>(
      `select channel, reason, source from suppressions order by channel`,
    );
    return rows;
  };

  test('are those that the workspace uses and the contact has', async () => {
    const shown = await page();
    expect(shown).toContain('Where may we write to you?');
    expect(shown).toMatch(/value="email" checked.*Email.*@home\.example/s);
    expect(shown).toMatch(/value="sms" checked.*Text messages.*\+38•••/s);
    expect(shown).not.toContain(phone);
    expect(shown).not.toContain('value="mobile_push"');
    expect(shown).not.toContain('value="telegram"');
    await world.device({ workspaceId, contactId, deviceId: 'd1', pushToken: `t${people}` });
    expect(await page()).toMatch(/value="mobile_push" checked/);
  });

  test('are left and joined again one by one, each with its words', async () => {
    expect((await save(['email', 'sms'], ['email'])).payload).toContain('Saved');
    expect(await refused()).toEqual([{ channel: 'sms', reason: 'unsubscribed', source: 'web' }]);
    expect(await page()).toMatch(/value="sms">/);
    await pool.query(`delete from slot_queue`);
    await save(['email', 'sms'], ['email', 'sms']);
    expect(await refused()).toEqual([]);
    const { rows: told } = await pool.query<{ payload: Buffer }>(`select payload from slot_queue`);
    expect(told.flatMap(({ payload }) => decodeStamped(payload))[0]!.item).toMatchObject({
      kind: 'suppression',
      channel: 'sms',
      lifted: true,
      text: 'Where may we write to you? Text messages',
      send: { sendId, deliveryId },
    });
  });

  test('are neither shown nor heard where the workspace wants topics alone', async () => {
    await pool.query(
      `insert into recipient_pages (workspace_id, theme, updated_at) values ($1, '{"offer_channels": false}', $2)`,
      [workspaceId, NOW],
    );
    expect(await page()).not.toContain('name="channel"');
    await save(['email', 'sms'], []);
    expect(await refused()).toEqual([]);
    await pool.query(`delete from recipient_pages`);
  });

  test('that the page did not show are not touched', async () => {
    await save(['email'], ['email']);
    await save([], []);
    expect(await refused()).toEqual([]);
  });

  test('the one of the link itself is left like by the link', async () => {
    const answer = await save(['email', 'sms'], ['sms']);
    expect(answer.payload).toContain('This address is unsubscribed');
    expect(await refused()).toMatchObject([{ channel: 'email', reason: 'unsubscribed' }]);
  });

  test.each([
    ['what was refused there by other means', 'unsubscribed', 'api', 'only there can you say yes'],
    ['a complaint', 'complained', 'system', 'only there can you say yes'],
    ['what the company decided', 'blacklisted', 'manual', 'do not write there'],
  ])('%s is not taken back from here', async (_, reason, source, words) => {
    await pool.query(
      `insert into suppressions (workspace_id, channel, address, reason, since, source)
       values ($1, 'sms', $2, $3, $4, $5)`,
      [workspaceId, phone, reason, NOW, source],
    );
    expect(await page()).toMatch(new RegExp(`value="sms" disabled.*${words}`, 's'));
    await save(['email', 'sms'], ['email', 'sms']);
    expect(await refused()).toEqual([{ channel: 'sms', reason, source }]);
  });

  test('an address that was never confirmed is not confirmed by another', async () => {
    await pool.query(`update addresses set state = 'unconfirmed' where address = $1`, [phone]);
    expect(await page()).toMatch(/value="sms" disabled.*Not confirmed yet/s);
    await save(['email', 'sms'], ['email', 'sms']);
    const { rows } = await pool.query(`select state from addresses where address = $1`, [phone]);
    expect(rows).toEqual([{ state: 'unconfirmed' }]);
  });
});

describe('whoever means harm', () => {
  const everything = async () => {
    const counted = await Promise.all(
      ['inbox', 'slot_queue', 'suppressions', 'category_choices'].map(async (table) => {
        const { rows } = await pool.query<{ n: number }>(
          `select count(*)::integer as n from ${table}`,
        );
        return [table, rows[0]!.n];
      }),
    );
    return Object.fromEntries(counted) as Record<string, number>;
  };
  const PAGES = ['u', 'preferences', 'c', 'v'];

  test('reads, and looks ahead, without changing anything', async () => {
    const before = await everything();
    for (const path of PAGES) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        for (const headers of [{}, { purpose: 'prefetch' }, { 'user-agent': 'Barracuda/1.0' }]) {
          expect((await visit(method, link(path), headers)).statusCode).toBeLessThan(500);
          await visit(
            method,
            `${link(path)}?action=unsubscribe&List-Unsubscribe=One-Click`,
            headers,
          );
        }
      }
    }
    expect(await everything()).toEqual(before);
  });

  test('gets nowhere with a token that was changed, cut, or is for another page', async () => {
    const before = await everything();
    const token = link('u').slice('/u/'.length);
    const bad = [
      token.slice(0, -1),
      `${token}A`,
      `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`,
      token.slice(0, 40) + token.slice(41),
      token.toLowerCase(),
      `${token}/..`,
      'x',
      '%00',
      'A'.repeat(20_000),
    ];
    for (const path of ['u', 'preferences', 'c', 'r', 'v']) {
      for (const text of path === 'u' ? bad : [...bad, token]) {
        for (const method of ['GET', 'POST'] as const) {
          const { statusCode, payload, headers } = await visit(method, `/${path}/${text}`);
          expect([400, 404, 414]).toContain(statusCode);
          expect(headers['location']).toBeUndefined();
          expect(payload).not.toContain('home.example');
        }
      }
    }
    expect(await everything()).toEqual(before);
  });

  test('cannot use a link in another workspace, even where the numbers are known', async () => {
    const other = await world.workspace();
    const before = await everything();
    const names = { contactId, sendId, deliveryId, channel: 'email' };
    for (const kind of ['unsubscribe', 'preferences', 'confirm', 'view'] as const) {
      const path = { unsubscribe: 'u', preferences: 'preferences', confirm: 'c', view: 'v' }[kind];
      const token = tokens.seal({ kind, workspaceId: other, ...names });
      for (const method of ['GET', 'POST']) {
        expect((await visit(method, `/${path}/${token}`)).statusCode).toBe(404);
      }
    }
    expect(await everything()).toEqual(before);
  });

  test('cannot be led on by a link that was not in the message', async () => {
    for (const url of ['https://evil.example', '//evil.example', 'javascript:alert(1)']) {
      const answer = await visit('GET', `/r/${encodeURIComponent(url)}`);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['location']).toBeUndefined();
      const query = await visit('GET', `${link('r')}?url=${encodeURIComponent(url)}`);
      expect(query.headers['location']).toBe('https://shop.example/?a=1&b=2');
    }
  });

  test('cannot make a page say or run anything', async () => {
    await pool.query(`update workspaces set name = '<script>$&</script>' where id = $1`, [
      workspaceId,
    ]);
    const { payload, headers } = await visit('GET', link('c'));
    expect(payload).not.toContain('<script>');
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src 'self'/);
    expect(policy).not.toContain('unsafe');
    const style = /<style>([^]*?)<\/style>/.exec(payload)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toContain(`'sha256-${hash}'`);
    await pool.query(`update workspaces set name = 'Shop' where id = $1`, [workspaceId]);
  });

  test('sends a body of any kind, and it is a refusal or nothing', async () => {
    for (const [type, body] of [
      ['application/json', '{"action":"save"}'],
      ['multipart/form-data; boundary=x', '--x--'],
      ['application/x-www-form-urlencoded', 'reason=%FF%00&action='],
      ['text/plain', 'x'.repeat(10_000)],
    ] as const) {
      expect((await visit('POST', link('u'), { 'content-type': type }, body)).statusCode).toBe(200);
    }
    const large = await visit(
      'POST',
      link('u'),
      { 'content-type': 'text/plain' },
      'x'.repeat(70_000),
    );
    expect(large.statusCode).toBe(413);
  });
});

describe('the page of a message', () => {
  const pageOf = (messageId: number, of = workspaceId) =>
    tokens.seal({
      kind: 'message',
      workspaceId: of,
      contactId: 0,
      sendId: 0,
      deliveryId: messageId,
      channel: 'email',
    });

  test('shows it as it is now without anybody, and runs nothing', async () => {
    const content = {
      en: {
        subject: 'S',
        html: '<p>Hi {{ contact.first_name | default: "you" }}</p><script>x</script>',
      },
    };
    const messageId = await world.message({ workspaceId, content });
    const answer = await visit('GET', `/m/${pageOf(messageId)}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Hi you');
    expect(answer.headers['content-security-policy']).toMatch(/^sandbox /);
    expect(await recorded()).toEqual([]);
  });

  test('is gone with its message, and never shows that of another workspace', async () => {
    const content = { en: { subject: 'S', html: '<p>Hi</p>' } };
    const messageId = await world.message({ workspaceId, content });
    const elsewhere = await world.workspace();
    expect((await visit('GET', `/m/${pageOf(messageId, elsewhere)}`)).statusCode).toBe(404);
    await pool.query(`update messages set archived_at = now() where id = $1`, [messageId]);
    expect((await visit('GET', `/m/${pageOf(messageId)}`)).statusCode).toBe(404);
    expect((await visit('GET', `/m/${pageOf(999_999)}`)).statusCode).toBe(404);
    expect((await visit('GET', '/m/nonsense')).statusCode).toBe(404);
    // A recipient's link is none to a message, whatever its numbers.
    expect((await visit('GET', link('v').replace('/v/', '/m/'))).statusCode).toBe(404);
  });
});

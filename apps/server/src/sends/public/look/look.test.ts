import { deflateSync, crc32 } from 'node:zlib';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterAll, describe, expect, test } from 'vitest';
import { createHttpApp } from '../../../http/create-http-app.ts';
import { testApp } from '../../../http/test-app.ts';
import { createInbox } from '../../../inbox/index.ts';
import { createRecipientTokens, recipientTokenKey } from '../../../messages/index.ts';
import { testBox, testRenderPool } from '../../senders/test-senders.ts';
import { createWorld } from '../../test-world.ts';
import { readNetworks } from '../../networks/read-networks.ts';
import { recipientPages } from '../recipient-pages.ts';
import { pageRoutes } from './routes.ts';

const { call, pool, clock, workspace, addWorkspace, addKey } = await testApp({
  routes: pageRoutes,
});
const inbox = createInbox({ pool, clock: clock.now });
const renderPool = testRenderPool();
const pages = await createHttpApp({
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
      slots: 4,
      clock: clock.now,
      networks: readNetworks({ file: undefined }),
    }),
  ],
});
const world = createWorld(pool);
afterAll(async () => {
  await pages.close();
  await inbox.close();
  await renderPool.close();
});

/** A message that was sent to a contact who reads this language; answers its link to unsubscribe. */
async function linkFor(workspaceId: number, language: string): Promise<string> {
  const email = `${language}@home.example`;
  const contactId = await world.contact({ workspaceId, email, fields: { language } });
  const messageId = await world.message({ workspaceId });
  const { rows } = await pool.query<{ send: number; delivery: number }>(
    `with send as (
       insert into sends (contact_id, id, workspace_id, message_id, message_version, channel, language, decision, reasons, created_at)
       values ($1, nextval('send_ids'), $2, $3, 1, 'email', 'en', 'sent', '[]', $5) returning id)
     insert into deliveries (contact_id, id, send_id, workspace_id, slot, channel, address, lane, state, status, status_at, created_at)
     select $1, nextval('delivery_ids'), send.id, $2, 0, 'email', $4, 1, 'accepted', 'delivered', $5, $5 from send
     returning send_id as send, id as delivery`,
    [contactId, workspaceId, messageId, email, clock.now()],
  );
  const { send: sendId, delivery: deliveryId } = rows[0]!;
  const tokens = createRecipientTokens(recipientTokenKey(testBox));
  const ids = { workspaceId, contactId, sendId, deliveryId, channel: 'email' };
  return `/u/${tokens.seal({ kind: 'unsubscribe', ...ids })}`;
}

const visit = async (url: string) => (await pages.inject({ method: 'GET', url })).payload;
const save = (body: unknown) => call('PATCH', '/recipient_pages', { body });

/** A picture that is whole: one pixel a dot, all of one colour. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('how the pages look', () => {
  test('is ours until somebody chooses', async () => {
    const { body } = await call('GET', '/recipient_pages');
    expect(body).toMatchObject({
      theme: { font: 'system', radius: 8, pause_days: 30 },
      texts: {},
      logo: null,
      updated_at: null,
      defaults: { uk: { 'ask.title': 'Відписатися' }, en: { 'preferences.intro': '' } },
    });
    expect(body.reasons[0]).toMatchObject({
      text: 'I get too many messages',
      translations: { de: 'Ich bekomme zu viele Nachrichten', uk: 'Забагато повідомлень' },
      formerly: [],
    });
    expect(await visit(await linkFor(workspace.id, 'uk'))).toContain('Забагато повідомлень');
  });

  test('is what was chosen, in this workspace only, and audited', async () => {
    const theme = {
      light: { background: '#FFFFFF', text: '#111111', accent: '#0044CC' },
      dark: null,
      font: 'serif',
      radius: 0,
      footer: 'Stride <Ltd>\n1 Main St',
      privacy_url: 'https://stride.example/privacy?a=1&b="2"',
    };
    expect(await save({ theme })).toMatchObject({
      status: 200,
      body: { theme: { radius: 0, light: { accent: '#0044cc' } } },
    });
    const shown = await visit(await linkFor(workspace.id, 'en'));
    expect(shown).toContain('--accent: #0044cc; --on-accent: #ffffff');
    expect(shown).toMatch(/font: 1rem\/1\.5 Charter/);
    expect(shown).toContain('Stride &lt;Ltd&gt;<br>1 Main St');
    expect(shown).toContain('href="https://stride.example/privacy?a=1&amp;b=&quot;2&quot;"');
    expect(shown).toContain('content="light"');
    const other = await addWorkspace('elsewhere');
    expect(await visit(await linkFor(other.id, 'en'))).not.toContain('#0044cc');
    const { rows } = await pool.query(
      `select after from audit where action = 'settings.change' order by id desc limit 1`,
    );
    expect(rows[0]).toMatchObject({ after: { page_theme: { radius: 0 } } });
  });

  test.each([
    [{ light: { background: '#ffffff', text: '#999999', accent: '#11694a' } }, '/theme/light/text'],
    [
      { light: { background: '#ffffff', text: '#000000', accent: '#ffee00' } },
      '/theme/light/accent',
    ],
    [{ dark: { background: '#000000', text: '#333333', accent: '#ffffff' } }, '/theme/dark/text'],
    [
      { light: { background: 'red', text: '#000000', accent: '#11694a' } },
      '/theme/light/background',
    ],
    [
      { light: { background: '#ffffff;}', text: '#000000', accent: '#000000' } },
      '/theme/light/background',
    ],
    [{ font: 'url(https://evil.example)' }, '/theme/font'],
    [{ radius: 99 }, '/theme/radius'],
    [{ privacy_url: 'javascript:alert(1)' }, '/theme/privacy_url'],
    [{ pause_days: 5 }, '/theme/pause_days'],
    [{ colour: '#fff' }, '/theme/colour'],
  ])('%j is refused at its place', async (theme, path) => {
    const { status, body } = await save({ theme });
    expect(status).toBe(400);
    expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  test('says how far a colour is from being readable', async () => {
    const light = { background: '#ffffff', text: '#999999', accent: '#11694a' };
    const { body } = await save({ theme: { light } });
    expect(body.errors[0].message).toBe(
      'Contrast with the background is 2.8:1; it must be 4.5:1 at least.',
    );
  });
});

describe('what the pages say', () => {
  test('is in the words of the workspace where it has some, as text', async () => {
    const texts = {
      en: { 'ask.title': 'Leave {workspace}?', 'ask.body': '<b>Sure</b> & certain?' },
      uk: { 'ask.button': 'Піти' },
    };
    expect((await save({ texts })).status).toBe(200);
    const english = await visit(await linkFor(workspace.id, 'en'));
    expect(english).toMatch(/<h1 id="title">Leave [^{]+\?<\/h1>/);
    expect(english).toContain('&lt;b&gt;Sure&lt;/b&gt; &amp; certain?');
    const ukrainian = await visit(await linkFor(workspace.id, 'uk'));
    expect(ukrainian).toContain('Піти</button>');
    expect(ukrainian).toContain('<h1 id="title">Відписатися</h1>');
  });

  test.each([
    [{ xx: { 'ask.title': 'x' } }],
    [{ en: { 'invalid.title': 'x' } }],
    [{ en: { 'ask.title': '' } }],
    [{ en: { __proto__: null, constructor: 'x' } }],
  ])('%j is refused', async (texts) => {
    expect((await save({ texts })).status).toBe(400);
  });
});

describe('reasons for leaving', () => {
  test('are shown in the language of the reader, and kept in that of the workspace', async () => {
    const reasons = [
      { text: 'Too many', translations: { uk: 'Забагато <листів>' }, formerly: ['Too often'] },
      { text: 'Other' },
    ];
    expect((await save({ reasons })).body.reasons).toEqual([
      reasons[0],
      { text: 'Other', translations: {}, formerly: [] },
    ]);
    const { rows } = await pool.query(`select settings from workspaces where id = $1`, [
      workspace.id,
    ]);
    expect(rows[0].settings.unsubscribe_reasons).toEqual(['Too many', 'Other']);
    const shown = await visit(await linkFor(workspace.id, 'uk'));
    expect(shown).toMatch(/value="Too many">.*Забагато &lt;листів&gt;.*value="Other">.*Other/s);
  });

  test('must differ', async () => {
    const { status, body } = await save({ reasons: [{ text: 'A' }, { text: 'a' }] });
    expect(status).toBe(400);
    expect(body.errors[0].message).toBe('Two reasons have the same text.');
  });

  test('may be none', async () => {
    await save({ reasons: [] });
    expect(await visit(await linkFor(workspace.id, 'en'))).not.toContain('type="radio"');
  });
});

describe('a logo', () => {
  const put = (data: Buffer) =>
    call('PUT', '/recipient_pages/logo', { body: { data: data.toString('base64') } });

  test('stands on the page, under an address that tells nothing and never changes', async () => {
    const { body, status } = await put(png(200, 50));
    expect(status).toBe(200);
    expect(body.logo).toMatchObject({ type: 'image/png', width: 200, height: 50 });
    await save({ theme: { logo_height: 32, show_name: false } });
    const shown = await visit(await linkFor(workspace.id, 'en'));
    const src =
      /<img class="logo" src="\.\.(\/logo\/[0-9a-f]{64})" width="128" height="32" alt="[^"]+">/.exec(
        shown,
      )![1]!;
    expect(shown).not.toContain('class="brand"');
    const answer = await pages.inject({ method: 'GET', url: src });
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(answer.rawPayload).toEqual(png(200, 50));
  });

  test('goes with its address', async () => {
    const { url } = (await put(png(10, 20))).body.logo;
    expect((await call('DELETE', '/recipient_pages/logo')).body.logo).toBeNull();
    expect((await pages.inject({ method: 'GET', url })).statusCode).toBe(404);
    expect((await pages.inject({ method: 'GET', url: '/logo/..%2f..' })).statusCode).toBe(404);
    expect(await visit(await linkFor(workspace.id, 'en'))).not.toContain('<img');
  });

  test.each([
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>'),
    ],
    ['HTML', Buffer.from('<html><script>alert(1)</script></html>')],
    ['what only begins like a picture', png(10, 10).subarray(0, 12)],
    ['a picture of immense size', png(5_000, 1)],
    ['nothing', Buffer.from('x')],
  ])('of %s is refused', async (_, data) => {
    const { status, body } = await put(data);
    expect(status).toBe(422);
    expect(body.errors[0].path).toBe('/data');
  });

  test('larger than the limit, or no base64, is refused', async () => {
    expect((await put(Buffer.alloc(200_001))).status).toBeGreaterThanOrEqual(400);
    const answer = await call('PUT', '/recipient_pages/logo', { body: { data: 'a b' } });
    expect(answer.status).toBe(400);
  });
});

describe('a preview', () => {
  const preview = (body: unknown) => call('POST', '/recipient_pages/preview', { body });

  test.each([
    'unsubscribe',
    'unsubscribed',
    'preferences',
    'saved',
    'paused',
    'confirm',
    'confirmed',
    'invalid',
  ])('shows the page %s as drafted, in the colours asked for, and saves nothing', async (page) => {
    const theme = {
      dark: { background: '#001122', text: '#ffffff', accent: '#ffcc00' },
      footer: 'Drafted',
    };
    const { status, body } = await preview({ page, language: 'ar', scheme: 'dark', theme });
    expect(status).toBe(200);
    expect(body.html).toContain('dir="rtl"');
    expect(body.html).not.toContain('prefers-color-scheme');
    // Who comes with a dead link belongs to nobody's pages.
    if (page !== 'invalid') {
      expect(body.html).toContain('--background: #001122');
      expect(body.html).toContain('Drafted');
    }
    expect((await call('GET', '/recipient_pages')).body.theme.footer).not.toBe('Drafted');
  });
});

test('who may only read changes nothing', async () => {
  const as = await addKey({ rights: ['contacts.read'] });
  expect((await call('GET', '/recipient_pages', { as })).status).toBe(200);
  for (const [method, url, body] of [
    ['PATCH', '/recipient_pages', {}],
    ['PUT', '/recipient_pages/logo', { data: png(9, 9).toString('base64') }],
    ['DELETE', '/recipient_pages/logo', undefined],
  ] as const) {
    expect((await call(method, url, { as, body })).status).toBe(403);
  }
});

import { wholeMail } from '@perennial/channels/providers';
import { randomBytes } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterAll, expect, test } from 'vitest';
import type { RenderBatch, RenderItem } from './render-job.ts';
import { createRenderPool } from './render-pool.ts';

const publicUrl = 'https://news.example';
const pool = createRenderPool({ publicUrl, tokenKey: randomBytes(32), size: 1, stuckMs: 500 });
afterAll(() => pool.close());

const delivery = { workspaceId: 1, contactId: 2, sendId: 3, deliveryId: 4, channel: 'email' };
const item = (contact: RenderItem['contact'], parts: Partial<RenderItem> = {}): RenderItem => ({
  delivery,
  contact,
  ...parts,
});

let keys = 0;
function batch(
  content: Record<string, string>,
  items: RenderItem[],
  { channel = 'email', ...parts }: { channel?: string } & Partial<RenderBatch> = {},
): RenderBatch {
  return {
    template: {
      key: String((keys += 1)),
      channel,
      content,
      compiled: {},
      language: 'en',
      message: { id: '1', key: 'welcome', name: 'Welcome' },
      personalisation: { onMissing: 'empty', fallbacks: {}, onFetchFailure: 'retry' },
    },
    workspace: { id: 1, slug: 'shop', name: 'Shop "1"', timeZone: 'Europe/Kyiv', currency: 'UAH' },
    mailing: { from: 'Shop <hi@shop.example>' },
    now: new Date('2026-03-01T23:30:00Z'),
    items,
    ...parts,
  };
}

const email = (html: string) => ({ subject: 'S', html, text: 'x' });
const htmlOf = (rendered: { ok: boolean; content?: unknown }) =>
  (rendered.content as { html: string }).html;

test('renders each item with its own values, in order', async () => {
  const rendered = await pool.render(
    batch(
      email('{{ contact.n }} {{ message.key }} {{ workspace.name }} {{ "now" | date: "%d" }}'),
      [item({ n: 1 }), item({ n: 2 }, { timeZone: 'UTC' })],
    ),
  );
  expect(rendered.map(htmlOf)).toEqual([
    '1 welcome Shop &#34;1&#34; 02',
    '2 welcome Shop &#34;1&#34; 01',
  ]);
});

test('writes marketing mail with the headers of RFC 8058 and 2919', async () => {
  const mail = { address: 'ann@home.example', messageId: 'd4@shop.example', marketing: true };
  const html = '<p>Hi</p><a href="https://shop.example">x</a><a href="{{ unsubscribe_url }}">u</a>';
  const [rendered] = await pool.render(batch(email(html), [item({}, { mail })]));
  if (!rendered?.ok || !rendered.mail) throw new Error('no mail');
  const parsed = await PostalMime.parse(wholeMail(rendered.mail.raw));
  const header = (name: string) => parsed.headers.find(({ key }) => key === name)?.value;
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(header('list-unsubscribe')).toMatch(/^<https:\/\/news\.example\/u\/[\w-]+>$/);
  expect(header('list-id')).toBe('<shop.news.example>');
  expect(parsed.html).toContain(header('list-unsubscribe')!.slice(1, -1));
  expect(parsed.html).toMatch(/href="https:\/\/news\.example\/r\//);
  expect(parsed.from).toEqual({ name: 'Shop', address: 'hi@shop.example' });
});

test('mail that leaves comes in memory of its own, without its content; what is kept has both', async () => {
  const mail = { address: 'ann@home.example', messageId: 'd4@shop.example', marketing: true };
  const render = async (mailing: RenderBatch['mailing']) => {
    const [rendered] = await pool.render(
      batch(email('<p>Hi</p>'), [item({}, { mail })], { ...(mailing && { mailing }) }),
    );
    if (!rendered?.ok || !rendered.mail) throw new Error('no mail');
    return { content: rendered.content, raw: rendered.mail.raw };
  };
  const { content, raw } = await render({ from: 'hi@shop.example' });
  expect(content).toEqual({});
  expect(raw.map((piece) => piece.buffer.byteLength)).toEqual(raw.map((piece) => piece.byteLength));
  const kept = await render({ from: 'hi@shop.example', keeps: true });
  expect(kept.content).toMatchObject({ subject: 'S', text: 'x' });
  expect(wholeMail(kept.raw).equals(wholeMail(raw))).toBe(true);
});

test('transactional mail offers no unsubscribing in its headers', async () => {
  const mail = { address: 'ann@home.example', messageId: 'd4@shop.example', marketing: false };
  const [rendered] = await pool.render(batch(email('x'), [item({}, { mail })]));
  if (!rendered?.ok || !rendered.mail) throw new Error('no mail');
  const { headers } = await PostalMime.parse(wholeMail(rendered.mail.raw));
  expect(headers.filter(({ key }) => key.startsWith('list-unsub'))).toEqual([]);
});

test('a sender that is no address is a problem of the message', async () => {
  const mail = { address: 'ann@home.example', messageId: 'd4@shop.example', marketing: true };
  const content = { ...email('x'), from: '{{ contact.n }}' };
  const rendered = await pool.render(batch(content, [item({ n: 'Joe' }, { mail })]));
  expect(rendered).toMatchObject([{ ok: false, problem: { path: '/from', excerpt: 'Joe' } }]);
});

/** A filter is one step for Liquid, which looks at the clock only between steps. */
const trap = 'x'.repeat(800_000);
const slow =
  "{{ contact.bio | split: '' | where_exp: 'x', 'x == x and x != y' | where_exp: 'x', 'x == x and x != y' | where_exp: 'x', 'x == x and x != y' | where_exp: 'x', 'x == x and x != y' | first }}";

test('a rendering that never ends is told apart; the others of its batch are made', async () => {
  const rendered = await pool.render(
    batch(email(slow), [item({ bio: 'a' }), item({ bio: trap }), item({ bio: 'c' })]),
  );
  expect(rendered).toMatchObject([
    { ok: true, content: { html: 'a' } },
    { ok: false, problem: { message: 'Takes too long to render (more than 0.5 s).' } },
    { ok: true, content: { html: 'c' } },
  ]);
});

test('a rendering that makes too much is told apart, too', async () => {
  // Every element of the list is a list of its own.
  const source = `{% assign a = "${'x,'.repeat(2_000)}" | split: "," %}{% for i in (1..4000) %}{% capture k %}{{ i }}{% endcapture %}{% assign b = b | push: a %}{% endfor %}{{ b | json }}{{ b | json | append: "x" | json | json }}`;
  const rendered = await pool.render(batch(email(source), [item({}), item({})]));
  expect(rendered.map(({ ok }) => ok)).toEqual([false, false]);
  expect(await pool.render(batch(email('fine'), [item({})]))).toMatchObject([{ ok: true }]);
});

test('compiles in a thread and tells what is wrong', async () => {
  expect(await pool.compile({ channel: 'sms', content: { text: '{% if %}' } })).toMatchObject({
    ok: false,
    problems: [{ path: '/text', line: 1 }],
  });
  const mjml =
    '<mjml><mj-body><mj-section><mj-column><mj-text>{{ x }}</mj-text></mj-column></mj-section></mj-body></mjml>';
  expect(await pool.compile({ channel: 'email', content: { subject: 'S', mjml } })).toMatchObject({
    ok: true,
    compiled: { html: expect.stringContaining('{{ x }}'), text: '{{ x }}' },
  });
});

import { randomBytes } from 'node:crypto';
import type { CheckFinding } from '@perennial/contracts';
import { afterAll, describe, expect, test } from 'vitest';
import { categoryRoutes } from '../../categories/index.ts';
import { createField } from '../../contacts/index.ts';
import { inTransaction } from '../../db/index.ts';
import { createEgress } from '../../egress/index.ts';
import { testApp } from '../../http/test-app.ts';
import { checkRoutes, createRenderPool, messageRoutes } from '../index.ts';
import { finishText } from '../rendering/finish-body.ts';
import { createRecipientTokens } from '../rendering/recipient-token.ts';
import { readPage } from './read-page.ts';
import { smsParts } from './short-text.ts';
import { faultOf } from './web-address.ts';

const publicUrl = 'https://news.example';
const tokenKey = randomBytes(32);
const renderPool = createRenderPool({
  publicUrl,
  tokenKey,
  size: 1,
});
const egress = createEgress({ allow: [] });
afterAll(async () => {
  await renderPool.close();
  await egress.close();
});

const { call, pool, addWorkspace, addKey, origin, workspace } = await testApp({
  routes: [
    ...messageRoutes({ renderPool }),
    ...checkRoutes({ renderPool, egress }),
    ...categoryRoutes({ findCategoryUses: async () => [] }),
  ],
});

const WORDS =
  'Your runs of this week are in, and they look well: three of them were longer than ever before, so rest today and come back on Monday.';
const OUT = '<a href="{{ unsubscribe_url }}">Unsubscribe</a>';
/** Nothing is wrong with it. */
const fine = {
  subject: 'Your week in runs',
  preheader: 'Three of them were longer than before.',
  html: `<html><body><p>${WORDS}</p>${OUT}</body></html>`,
};

let made: string | undefined;
async function messageId(): Promise<string> {
  made ??= (
    await call('POST', '/messages', {
      body: { name: 'A', channel: 'email', content: { en: fine } },
    })
  ).body.id as string;
  return made;
}

async function check(draft: object, more: object = {}): Promise<CheckFinding[]> {
  const { status, body } = await call('POST', `/messages/${await messageId()}/check`, {
    body: { content: { en: { ...fine, ...draft } }, ...more },
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.findings;
}

const html = (body: string): object => ({ html: `<p>${WORDS}</p>\n${body}\n${OUT}` });

test('a message with nothing wrong has no findings', async () => {
  expect(await check({})).toEqual([]);
  const { body } = await call('POST', `/messages/${await messageId()}/check`, { body: {} });
  expect(body).toEqual({ findings: [], languages: ['en'], reached: null });
});

describe('each check finds its fault, where it is', () => {
  test.each<[string, CheckFinding['severity'], string, object, RegExp, number | null]>([
    ['size', 'error', '/html', html(`<p>${'word '.repeat(22_000)}</p>`), /108 KB/, null],
    ['size', 'warning', '/html', html(`<p>${'word '.repeat(19_000)}</p>`), /94 KB/, null],
    ['links', 'error', '/html', html('<a href="">Go</a>'), /“Go” has no address/, null],
    ['links', 'error', '/html', html('<a>Go</a>'), /no address/, null],
    ['links', 'error', '/html', html('<a href="#">Go</a>'), /“#”/, 2],
    ['links', 'error', '/html', html('<a href="java\nscript:alert(1)">Go</a>'), /script/, 2],
    ['links', 'error', '/html', html('<a href="/shop">Go</a>'), /only means something/, 2],
    ['links', 'error', '/html', html('<a href="https://">Go</a>'), /no web address/, 2],
    ['links', 'error', '/html', html('<a href="https://localhost:3000/x">Go</a>'), /network/, 2],
    ['links', 'error', '/html', html('<a href="http://192.168.1.4/x">Go</a>'), /network/, 2],
    ['links', 'warning', '/html', html('<a href="http://shop.example/">Go</a>'), /http/, 2],
    [
      'link_text',
      'warning',
      '/html',
      html('<a href="https://evil.example/a">www.bank.example</a>'),
      /phishing/,
      2,
    ],
    ['way_out', 'warning', '/html', { html: `<p>${WORDS}</p>` }, /Nothing leads out/, null],
    ['images', 'warning', '/html', html('<img src="https://a.example/b.png" width="9">'), /alt/, 2],
    ['images', 'hint', '/html', html('<img src="https://a.example/b.png" alt="b">'), /width/, 2],
    [
      'images',
      'warning',
      '/html',
      html('<img src="data:image/png;base64,AAAA" alt="b" width="9">'),
      /data:/,
      2,
    ],
    ['images', 'error', '/html', html('<img src="b.png" alt="b" width="9">'), /half an/, 2],
    ['images', 'error', '/html', html('<img alt="b" width="9">'), /no address/, null],
    [
      'images',
      'warning',
      '/html',
      html('<img src="https://a.example/b.svg?2" alt="b" width="9">'),
      /SVG/,
      2,
    ],
    ['active_content', 'error', '/html', html('<script>alert(1)</script>'), /<script>/, 2],
    ['active_content', 'error', '/html', html('<p onclick="go()">x</p>'), /onclick/, 2],
    [
      'picture_share',
      'warning',
      '/html',
      { html: `<img src="https://a.example/b.png" alt="b" width="9">${OUT}` },
      /1 words? beside a picture/,
      null,
    ],
    ['marks', 'warning', '/subject', { subject: 'BUY NOW AND SAVE' }, /capitals/, null],
    ['marks', 'warning', '/subject', { subject: 'New! Today!' }, /exclamation/, null],
    ['marks', 'warning', '/subject', { subject: 'Re: your order' }, /reply/, null],
    ['spam_words', 'warning', '/subject', { subject: 'Casino nights, act  now' }, /Casino/, 1],
    ['spam_words', 'warning', '/subject', { subject: 'Вітаємо, ви виграли' }, /виграли/, 1],
    ['spam_words', 'warning', '/subject', { subject: 'Быстрые деньги' }, /деньги/, 1],
    ['spam_words', 'hint', '/html', html('<p>No risk at all.</p>'), /No risk/, 2],
    ['preheader', 'hint', '/preheader', { preheader: '' }, /no preheader/, null],
    ['preheader', 'hint', '/preheader', { preheader: 'your week in runs' }, /repeats/, null],
    ['subject', 'error', '/subject', { subject: '{{ contact.first_name }}' }, /empty/, null],
    ['subject', 'hint', '/subject', { subject: 'long '.repeat(16) }, /79 characters/, null],
    ['plain_text', 'warning', '/text', { html: '<p>…</p>' }, /no words/, null],
    ['sender', 'error', '/from', { from: 'Ann <ann@gmail.com>' }, /gmail\.com/, null],
    ['sender', 'error', '/reply_to', { reply_to: 'nobody' }, /no e-mail address/, null],
    ['variables', 'warning', '/html', html('{{ user.name }}'), /“user”/, 2],
    ['variables', 'warning', '/html', html('{{ contact.custom.gaol }}'), /custom\.gaol/, 2],
    ['variables', 'warning', '/subject', { subject: 'Hi {{ contact.firstname }}' }, /first/, 1],
    ['variables', 'warning', '/subject', { subject: 'Hi {{ message.titel }}' }, /titel/, null],
    ['template', 'error', '/html', html('{% if %}'), /./, 2],
    ['template', 'error', '/html', html('{{ 1 | nofilter }}'), /nofilter/, 2],
  ])('%s %s at %s of %j', async (key, severity, path, draft, message, line) => {
    const findings = await check(draft);
    const found = findings.find((each) => each.check === key && message.test(each.message));
    expect(found, JSON.stringify(findings, null, 1)).toMatchObject({
      severity,
      path,
      language: 'en',
    });
    expect(found?.advice).toMatch(/\S.*[.?]$/);
    if (line !== null) expect(found?.line).toBe(line);
  });
});

describe('what is well is not found fault with', () => {
  test.each([
    [
      'addresses of mail, phones and apps',
      html('<a href="mailto:a@b.example">M</a><a href="myapp://x">A</a>'),
    ],
    ['an address that Liquid writes', html('<a href="{{ event.url | default: "x" }}">Go</a>')],
    [
      'a page on a sub-domain of what is shown',
      html('<a href="https://www.bank.example/a">bank.example</a>'),
    ],
    ['a name that is an anchor', html('<a name="top"></a><a href="#top">Up</a>')],
    ['one exclamation mark', { subject: 'Your week is here!' }],
    [
      'variables that a template makes',
      html('{% assign x = 1 %}{{ x }}{% for y in event.list %}{{ y.z }}{% endfor %}'),
    ],
    ['words within words', { subject: 'Prize-winners of the Kasinos' }],
    ['what stands in a comment', html('<!-- <a href="#">x</a><script>1</script> -->')],
  ])('%s', async (_name, draft) => {
    expect(await check(draft)).toEqual([]);
  });

  test('a custom field that is there, and only that', async () => {
    await inTransaction(pool, (tx) =>
      createField(tx, {
        workspaceId: workspace.id,
        by: origin(workspace.id),
        key: 'goal',
        label: 'Goal',
        type: 'text',
      }),
    );
    expect(await check(html('{{ contact.custom.goal }}'))).toEqual([]);
    const [found] = await check(html('{{ contact.custom.gaol }}'));
    expect(found?.advice).toContain('custom.goal');
  });
});

test('a category makes the missing way out an error', async () => {
  const draft = { html: `<p>${WORDS}</p>` };
  const severities = async (categories: string[]) =>
    (await check(draft, { categories })).map(({ severity }) => severity);
  expect(await severities([])).toEqual(['warning']);
  expect(await severities(['news'])).toEqual(['error']);
});

test('the preview of MJML is a preheader', async () => {
  const page = (head: string) => ({
    html: undefined,
    preheader: undefined,
    mjml: `<mjml><mj-head>${head}</mj-head><mj-body><mj-section><mj-column>
<mj-text>${WORDS} ${OUT}</mj-text></mj-column></mj-section></mj-body></mjml>`,
  });
  const found = async (head: string) =>
    (await check(page(head))).map(({ check: key }: CheckFinding) => key);
  expect(await found('<mj-preview>Three of them were long.</mj-preview>')).toEqual([]);
  expect(await found('<mj-preview> </mj-preview>')).toEqual(['preheader']);
});

test('MJML is looked at as it is compiled, and lines are those of the source', async () => {
  const mjml = `<mjml><mj-body><mj-section><mj-column>
<mj-text>${WORDS}</mj-text>
<mj-image src="https://a.example/b.png" />
<mj-button href="#">Go</mj-button>
<mj-text>${OUT}</mj-text>
</mj-column></mj-section></mj-body></mjml>`;
  const findings = await check({ html: undefined, mjml });
  expect(findings.map(({ check: key, path, line }) => [key, path, line])).toEqual([
    ['links', '/mjml', 4],
    ['images', '/mjml', 3],
  ]);
  const [broken] = await check({
    html: undefined,
    mjml: '<mjml><mj-body><mj-nothing/></mj-body></mjml>',
  });
  expect(broken).toMatchObject({ check: 'template', severity: 'error', path: '/mjml' });
});

test('a translation lacks what the default language has', async () => {
  const uk = { subject: fine.subject, html: fine.html };
  const content = { en: fine, uk };
  const { body } = await call('POST', `/messages/${await messageId()}/check`, {
    body: { content, languages: ['uk'] },
  });
  expect(body.languages).toEqual(['uk']);
  const about = body.findings.filter(({ check: key }: CheckFinding) => key === 'translations');
  expect(about.map(({ path }: CheckFinding) => path)).toEqual(['/preheader', '/subject']);
});

test('other channels have checks of their own', async () => {
  const push = {
    title: 'Hi {{ contact.first_name }}',
    body: 'b'.repeat(200),
    link: 'javascript:alert(1)',
  };
  const { body: message } = await call('POST', '/messages', {
    body: { name: 'Push', channel: 'mobile_push', content: { en: push } },
  });
  const { body } = await call('POST', `/messages/${message.id}/check`, { body: {} });
  expect(body.findings.map((each: CheckFinding) => [each.check, each.path])).toEqual([
    ['targets', '/link'],
    ['push_length', '/body'],
  ]);
});

describe('bad input', () => {
  test('ten megabytes are refused at the door', async () => {
    const { status } = await call('POST', `/messages/${await messageId()}/check`, {
      body: { content: { en: { ...fine, html: 'x'.repeat(10_000_000) } } },
    });
    expect(status).toBe(413);
  });

  test('a template that never ends is a finding', async () => {
    const endless =
      '{% for a in (1..99999) %}{% for b in (1..99999) %}{{ b }}{% endfor %}{% endfor %}';
    const [found] = await check(html(endless));
    expect(found).toMatchObject({ check: 'template', severity: 'error' });
  });

  test.each([
    ['thousands of open tags', '<a href="#">'.repeat(20_000)],
    ['Liquid that is never closed, over and over', '<a href="{{">'.repeat(200)],
    ['deep nesting', '<div>'.repeat(30_000)],
    ['quotes that are never closed', '<a href="'.repeat(20_000)],
  ])('%s are read in one go', (_name, source) => {
    expect(readPage(source).links.length).toBeLessThanOrEqual(2_000);
  });

  test.each([
    ['tags in tags', '{% if contact.a %}'.repeat(20_000) + '{% endif %}'.repeat(20_000)],
    [
      'thousands of unknown variables',
      Array.from({ length: 5_000 }, (_, i) => `{{ contact.x${i} }}`).join(''),
    ],
    ['thousands of faulty links', '<a href="#">x</a><img src="y">'.repeat(10_000)],
  ])('%s are answered with a few findings', async (_name, source) => {
    const findings = await check(html(source));
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThan(100);
  });

  test('the message of another workspace is not there', async () => {
    const other = await addWorkspace('other');
    const as = await addKey({ workspaceId: other.id });
    const answer = await call('POST', `/messages/${await messageId()}/check`, { as, body: {} });
    expect(answer.status).toBe(404);
  });

  test('asking servers takes the right to write messages', async () => {
    const as = await addKey({ rights: ['contacts.read'] });
    const url = `/messages/${await messageId()}/check`;
    expect((await call('POST', url, { as, body: { reach: {} } })).status).toBe(403);
    expect((await call('POST', url, { as, body: {} })).status).toBe(200);
  });
});

test.each([
  ['https://a.example/x?y=1#z', undefined],
  ['  https://a.example ', undefined],
  ['tel:+380501234567', undefined],
  ['#section', undefined],
  ['JaVaScRiPt:alert(1)', 'script'],
  ['java\tscript:alert(1)', 'script'],
  ['\u0001javascript:alert(1)', 'script'],
  ['//a.example/x', undefined],
  ['https:///x', 'unparseable'],
  ['https://exa mple.com', 'unparseable'],
  ['https://intranet/x', 'unparseable'],
  ['https://[::1]/x', 'private'],
  ['https://2130706433/', 'private'],
  ['https://printer.local/', 'private'],
  ['http://a.example', 'plain'],
  ['', 'empty'],
])('the address %j: %s', (address, fault) => {
  expect(faultOf(address)).toBe(fault);
});

describe('an SMS is charged by what leaves', () => {
  const about = (length: number): string =>
    `${'a'.repeat(length)} https://a.example/b?utm_campaign=${'c'.repeat(120)}`;

  async function charged(content: object): Promise<string | undefined> {
    const made = await call('POST', '/messages', {
      body: { name: 'Short', channel: 'sms', content: { en: content } },
    });
    const { body } = await call('POST', `/messages/${made.body.id}/check`, { body: {} });
    const found = body.findings.find((each: CheckFinding) => each.check === 'sms_length');
    return found?.message;
  }

  test('with its links as they are', async () => {
    expect(await charged({ text: about(10) })).toBe(
      'The text is sent, and paid for, as 2 messages.',
    );
    expect(await charged({ text: 'Hello' })).toBeUndefined();
  });

  test('with the links that lead through us, however long they become', async () => {
    const text = about(100);
    const sent = finishText(text, {
      publicUrl,
      tokens: createRecipientTokens(tokenKey),
      delivery: {
        workspaceId: workspace.id,
        contactId: 34_567_890,
        sendId: 123_456_789,
        deliveryId: 234_567_890,
        channel: 'sms',
      },
    });
    const { parts } = smsParts(sent);
    expect(parts).toBe(3);
    expect(await charged({ text, track_links: true })).toBe(
      `The text is sent, and paid for, as ${parts} messages: links that lead through us take ${sent.length - 101} characters.`,
    );
  });
});

test.each([
  ['a'.repeat(160), 1, false],
  ['a'.repeat(161), 2, false],
  ['€'.repeat(80), 1, false],
  ['€'.repeat(81), 2, false],
  ['ї'.repeat(70), 1, true],
  ['ї'.repeat(71), 2, true],
  [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 3, false],
  [`${'ї'.repeat(66)}😀${'ї'.repeat(66)}`, 3, true],
])('an SMS %# is charged by the part', (text, parts, unicode) => {
  expect(smsParts(text)).toEqual({ parts, unicode });
});

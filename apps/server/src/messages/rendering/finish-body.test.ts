import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { finishAmp, finishHtml, finishText } from './finish-body.ts';
import { createRecipientTokens } from './recipient-token.ts';
import { recipientLinks, recipientUrl } from './recipient-url.ts';

const tokens = createRecipientTokens(randomBytes(32));
const publicUrl = 'https://news.example';
const delivery = { workspaceId: 1, contactId: 2, sendId: 3, deliveryId: 4, channel: 'email' };
const parts = { tokens, publicUrl, delivery };

function linkIn(html: string): string | undefined {
  return /href=["']([^"']*)["']/.exec(html)?.[1];
}

test.each([
  ['<a href="https://shop.example/?a=1&amp;b=2">x</a>', 'https://shop.example/?a=1&b=2'],
  ["<a class='x' href='http://shop.example'>x</a>", 'http://shop.example'],
  ['<A\nHREF = "https://shop.example/&#34;q">x</A>', 'https://shop.example/"q'],
  ['<area shape="rect" href="https://shop.example/map">', 'https://shop.example/map'],
])('%s is tracked and still leads there', (html, url) => {
  const link = linkIn(finishHtml(html.replace(/HREF = /, 'href='), parts));
  expect(link).toMatch(/^https:\/\/news\.example\/r\/[\w-]+$/);
  expect(tokens.open(link!.split('/r/')[1]!)).toEqual({ ...delivery, kind: 'link', url, links: 1 });
});

test('links and the pixel know how many different links there are', () => {
  const html = ['a', 'b', 'a']
    .map((path) => `<a href="https://shop.example/${path}">x</a>`)
    .join('');
  const sealed = [...finishHtml(html, parts).matchAll(/\/(?:r|o)\/([\w-]+)/g)];
  expect(sealed.map(([, token]) => tokens.open(token!)?.links)).toEqual([2, 2, 2, 2]);
  expect(sealed[0]![1]).toBe(sealed[2]![1]);
});

test.each([
  '<a href="mailto:a@shop.example">x</a>',
  '<a href="shop://open">x</a>',
  '<a href="#top">x</a>',
  '<a href="">x</a>',
  '<a href="https://shop.example" data-track="off">x</a>',
  '<a data-track=off href="https://shop.example">x</a>',
  `<a href="${recipientLinks(parts).unsubscribe_url}">x</a>`,
  `<a href="${recipientLinks(parts).view_url}">x</a>`,
  '<abbr href="https://shop.example">x</abbr>',
])('%.60s is left as it is', (html) => {
  expect(finishHtml(html, parts)).toContain(html);
});

test('the pixel stands at the end of the body and the preview text at its beginning', () => {
  const html = finishHtml('<html><body style="x"><p>Hi</p></body></html>', {
    ...parts,
    preheader: 'See <this>',
  });
  expect(html).toMatch(/<body style="x"><div style="display:none[^>]*>See &lt;this&gt;<\/div><p>/);
  expect(html).toContain(`<img src="${recipientUrl('open', parts)}.gif"`);
  expect(html).toMatch(/\/><\/body><\/html>$/);
});

test('HTML without a body gets both all the same', () => {
  expect(finishHtml('<p>Hi</p>', { ...parts, preheader: 'P' })).toMatch(
    /^<div.*P<\/div><p>Hi<\/p><img/,
  );
});

test('a page full of unclosed links costs no more than it is long', () => {
  const before = performance.now();
  finishHtml('<a '.repeat(300_000), parts);
  expect(performance.now() - before).toBeLessThan(5_000);
});

test('an AMP page has its links tracked, and the open told by a picture of its own kind', () => {
  const page =
    '<!doctype html><html ⚡4email><body><a href="https://shop.example/a">x</a></body></html>';
  const amp = finishAmp(page, parts);
  expect(tokens.open(linkIn(amp)!.split('/r/')[1]!)).toMatchObject({
    url: 'https://shop.example/a',
    links: 1,
  });
  expect(amp).toMatch(/<amp-img src="[^"]+\.gif"[^>]*><\/amp-img><\/body><\/html>$/);
  expect(amp).not.toContain('<img');
});

test.each([
  ['Look: https://shop.example/a?b=1&c=2.', 'https://shop.example/a?b=1&c=2', 'Look: *.'],
  ['(https://shop.example/a_(b))', 'https://shop.example/a_(b)', '(*)'],
  ['HTTP://shop.example, now', 'HTTP://shop.example', '*, now'],
  ['„https://shop.example/ї“ 🙂', 'https://shop.example/ї', '„*“ 🙂'],
])('in the text %s the address alone is tracked', (text, url, around) => {
  const finished = finishText(text, parts);
  const link = /https:\/\/news\.example\/r\/([\w-]+)/.exec(finished)!;
  expect(tokens.open(link[1]!)).toEqual({ ...delivery, kind: 'link', url, links: 1 });
  expect(finished.replace(link[0], '*')).toBe(around);
});

test.each(['no address', 'shop://open', 'mail a@shop.example', recipientLinks(parts).view_url])(
  'the text %.40s stays as it is',
  (text) => {
    expect(finishText(text, parts)).toBe(text);
  },
);

import fc from 'fast-check';
import MimeNode from 'nodemailer/lib/mime-node';
import { expect, test } from 'vitest';
import { mailboxHeader, textHeader } from './header.ts';

/** A header as nodemailer writes it in a whole message. */
function inMessage(name: string, value: string | { name: string; address: string }): string {
  const root = new MimeNode('text/plain').setHeader(name, value);
  const lines = root.buildHeaders().split(/\r\n(?! )/);
  return lines.find((line) => line.startsWith(`${name}:`)) ?? '';
}

const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.stringMatching(/^[!-~]{1,40}$/), { maxLength: 12 }).map((each) => each.join(' ')),
);

test('a text is written as nodemailer writes it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Subject', 'X-Delivery', 'List-Unsubscribe'),
      words,
      (name, text) => {
        // eslint-disable-next-line no-control-regex -- what no header may hold
        const value = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
        expect(textHeader(name, text)).toBe(inMessage(name, value));
      },
    ),
    { numRuns: 1_000 },
  );
});

const locals = fc.oneof(fc.stringMatching(/^[A-Za-z0-9._+-]{1,20}$/), fc.string({ minLength: 1 }));
const domains = fc.oneof(
  fc.domain(),
  fc.stringMatching(/^[A-Za-z0-9.-]{1,20}$/),
  fc.constantFrom('jõgeva.example', 'UPPER.Example', '1.2', 'a.xn--zz', '[127.0.0.1]'),
);
const mailboxes = fc.record({
  name: fc.oneof(fc.constant(''), words, fc.stringMatching(/^[A-Za-z0-9 ]{0,30}$/)),
  address: fc.tuple(locals, domains).map((parts) => parts.join('@')),
});

test('a mailbox is written as nodemailer writes it, with the address of its envelope', () => {
  fc.assert(
    fc.property(mailboxes, (mailbox) => {
      const node = new MimeNode('text/plain').setHeader('To', mailbox);
      const { line, address } = mailboxHeader('To', mailbox);
      expect(line).toBe(inMessage('To', mailbox));
      expect(address).toBe(node.getEnvelope().to[0] ?? mailbox.address);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['Message-ID', '<1_0123456789abcdef@fit.example>'],
  ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ['Date', 'Thu, 09 Oct 2025 08:53:20 +0000'],
  ['List-Unsubscribe', `<https://news.example/u/${'x'.repeat(80)}>`],
])('%s is written as nodemailer writes it', (name, value) => {
  expect(textHeader(name, value)).toBe(inMessage(name, value));
});

test.each(['', '  ', '\r\n'])('a header that says nothing (%j) is none', (text) => {
  expect(textHeader('Subject', text)).toBe('');
});

test.each(['<shop.news.example>', '<крамниця.example>'])(
  'a name is spelled as it is given',
  (id) => {
    expect(textHeader('List-Id', id)).toMatch(/^List-Id: /);
  },
);

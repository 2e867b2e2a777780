import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { encodeAttachment } from './attachment.ts';
import { composeEmail, type EmailParts } from './compose-email.ts';
import { createDkimSigner } from './dkim.ts';
import { wholeMail } from './raw-mail.ts';
import { parseMailbox } from './mailbox.ts';

const parts: EmailParts = {
  from: { name: 'Zoë & Söhne', address: 'hello@shop.example' },
  to: { name: '', address: 'ann@home.example' },
  subject: 'Привіт, Zoë',
  html: '<p>Grüße</p>\n',
  text: 'Plain\ntext',
  messageId: 'd1.abc@shop.example',
  date: new Date('2026-03-01T09:30:00Z'),
  boundary: 'b1',
  headers: {
    'List-Unsubscribe': '<https://news.example/u/abc>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
};

test('a mail reader gets back what was put in', async () => {
  const mail = await PostalMime.parse(wholeMail(composeEmail(parts).raw));
  expect(mail).toMatchObject({
    from: parts.from,
    to: [parts.to],
    subject: parts.subject,
    messageId: '<d1.abc@shop.example>',
    date: '2026-03-01T09:30:00.000Z',
    html: '<p>Grüße</p>\r\n',
  });
  expect(mail.text?.replace(/\r\n/g, '\n').trim()).toBe('Plain\ntext');
});

test('an AMP page stands between the text and the HTML, and a mail reader finds all three', async () => {
  const raw = wholeMail(composeEmail({ ...parts, amp: '<html ⚡4email>Grüße</html>' }).raw);
  const types = [...raw.toString('latin1').matchAll(/^Content-Type: ([^;\r]+)/gim)];
  expect(types.map(([, type]) => type)).toEqual([
    'multipart/alternative',
    'text/plain',
    'text/x-amp-html',
    'text/html',
  ]);
  const mail = await PostalMime.parse(raw);
  expect(mail.html).toBe('<p>Grüße</p>\r\n');
  const [amp] = mail.attachments;
  expect(amp?.mimeType).toBe('text/x-amp-html');
  expect(new TextDecoder().decode(amp!.content as ArrayBuffer)).toContain('⚡4email>Grüße');
});

test('the same message is composed to the same bytes', () => {
  const bytes = () => wholeMail(composeEmail(parts).raw);
  expect(bytes().equals(bytes())).toBe(true);
});

test.each([
  ['subject', { subject: 'Hi\r\nBcc: all@home.example' }],
  ['sender', { from: { name: 'x\r\nBcc: all@home.example', address: 'a@b.example' } }],
  ['header', { headers: { 'List-Id': 'x\r\nBcc: all@home.example' } }],
])('a line break in the %s starts no header', async (_name, change) => {
  const mail = await PostalMime.parse(wholeMail(composeEmail({ ...parts, ...change }).raw));
  expect(mail.bcc).toBeUndefined();
  expect(mail.headers.some((header) => header.key === 'bcc')).toBe(false);
});

test('ASCII stays readable in the source, and only lines within 998 characters', () => {
  const source = (text: string) =>
    wholeMail(composeEmail({ ...parts, text }).raw).toString('latin1');
  expect(source('Hello there')).toContain('7bit\r\n\r\nHello there');
  expect(source('x'.repeat(999))).not.toContain('x'.repeat(999));
});

test('international domains travel in ASCII', () => {
  const { raw, to } = composeEmail({ ...parts, to: { name: '', address: 'a@jõgeva.example' } });
  expect(to).toBe('a@xn--jgeva-dua.example');
  expect(wholeMail(raw).toString('latin1')).toContain('To: a@xn--jgeva-dua.example');
});

const file = (name: string, type: string, bytes: Buffer) => ({
  name,
  type,
  size: bytes.length,
  base64: encodeAttachment(bytes),
});

test('files stand behind the text and the HTML, with their names', async () => {
  const pdf = randomBytes(5_000);
  const attachments = [
    file('Рахунок, "липень".pdf', 'application/pdf', pdf),
    file('a.csv', 'text/csv', Buffer.from('a;b\n')),
  ];
  const raw = wholeMail(composeEmail({ ...parts, attachments }).raw);
  const types = [...raw.toString('latin1').matchAll(/^Content-Type: ([^;\r]+)/gim)];
  expect(types.map(([, type]) => type)).toEqual([
    'multipart/mixed',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'application/pdf',
    'text/csv',
  ]);
  const mail = await PostalMime.parse(raw);
  expect(mail).toMatchObject({ html: '<p>Grüße</p>\r\n', subject: parts.subject });
  expect(mail.text?.trim()).toMatch(/^Plain\s+text$/);
  expect(mail.attachments).toMatchObject([
    { filename: 'Рахунок, "липень".pdf', mimeType: 'application/pdf', disposition: 'attachment' },
    { filename: 'a.csv', mimeType: 'text/csv', disposition: 'attachment' },
  ]);
  expect(Buffer.from(mail.attachments[0]!.content as ArrayBuffer).equals(pdf)).toBe(true);
});

test.each([[[]], [[file('a.pdf', 'application/pdf', randomBytes(3_000_000))]]])(
  'a DKIM signature verifies and covers the headers of RFC 8058, and files',
  async (attachments) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const signer = createDkimSigner({ domain: 'shop.example', selector: 's1', privateKey });
    const signed = wholeMail(signer.sign(composeEmail({ ...parts, attachments }).raw));
    const { results } = await dkimVerify(signed, {
      resolver: (name: string) =>
        Promise.resolve(
          name === 's1._domainkey.shop.example'
            ? [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]]
            : [],
        ),
    });
    expect(results).toMatchObject([{ status: { result: 'pass', aligned: 'shop.example' } }]);
    const covered = /; ?h=([^;]+);/.exec(signed.toString('latin1').replace(/\r\n\s+/g, ''))?.[1];
    expect(covered?.split(':')).toEqual(
      expect.arrayContaining(['from', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
  },
);

test.each([
  ['Ann <ann@home.example>', { name: 'Ann', address: 'ann@home.example' }],
  ['ann@home.example', { name: '', address: 'ann@home.example' }],
  ['"Ann, B." <ann@home.example>', { name: 'Ann, B.', address: 'ann@home.example' }],
  ['ann', undefined],
  ['', undefined],
  ['ann@home.example, bob@home.example', undefined],
  ['ann@home.example\r\nBcc: x@y.example', undefined],
])('%j as a mailbox', (text, mailbox) => {
  expect(parseMailbox(text)).toEqual(mailbox);
});

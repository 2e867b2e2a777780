/** What a mail server gets to see of a message, and what a mail reader makes of that. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeAttachment } from '../compose/attachment.ts';
import { composeEmail, type EmailParts } from '../compose/compose-email.ts';
import { wholeMail } from '../compose/raw-mail.ts';
import { smtpSettings } from './kind.ts';
import { smtp } from './smtp.ts';

interface Received {
  raw: Buffer;
  from: string;
  to: string[];
}

/** A server that keeps all it gets. */
async function startSink({ utf8 = true } = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideSMTPUTF8: !utf8,
    onData: (stream, { envelope }, done) =>
      void buffer(stream).then((raw) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        received.push({ raw, from, to: envelope.rcptTo.map(({ address }) => address) });
        done();
      }),
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  if (smtp.carries !== 'outside') throw new Error('SMTP leaves the house.');
  const provider = smtp.open({
    settings: smtpSettings.parse({
      host: '127.0.0.1',
      port: (server.server.address() as AddressInfo).port,
      from: 'a@shop.example',
      security: 'none',
    }),
    secrets: {},
    http: { send: () => Promise.reject(new Error('SMTP calls nobody over HTTP.')) },
    clock: () => new Date(),
  });
  onTestFinished(async () => {
    await provider.close();
    await new Promise<void>((done) => server.close(done));
  });
  return {
    received,
    send(parts: Partial<EmailParts>) {
      const mail = composeEmail({ ...usual, ...parts });
      return provider.send({ address: mail.to, key: '1', transactional: false, content: {}, mail });
    },
  };
}

const usual: EmailParts = {
  from: { name: 'Shop', address: 'hi@shop.example' },
  to: { name: '', address: 'ann@home.example' },
  subject: 'Hi',
  html: '<p>Hello</p>\n',
  text: 'Hello\n',
  messageId: 'k1@shop.example',
  date: new Date('2026-03-01T09:30:00Z'),
  boundary: 'b1',
  headers: { 'List-Id': '<shop.news.example>' },
};

async function arrived(parts: Partial<EmailParts>, options: { utf8?: boolean } = {}) {
  const { received, send } = await startSink(options);
  expect(await send(parts)).toMatchObject({ kind: 'accepted' });
  const { raw, ...envelope } = received[0]!;
  return { raw, source: raw.toString('latin1'), mail: await PostalMime.parse(raw), ...envelope };
}

const file = {
  name: 'Звіт.pdf',
  type: 'application/pdf',
  size: 3,
  base64: encodeAttachment(Buffer.from('abc')),
};

const typesIn = (source: string): (string | undefined)[] =>
  [...source.matchAll(/^Content-Type: ([^;\r]+)/gim)].map(([, type]) => type);

test('text comes before HTML, and files behind both', async () => {
  expect(typesIn((await arrived({})).source)).toEqual([
    'multipart/alternative',
    'text/plain',
    'text/html',
  ]);
  expect(typesIn((await arrived({ attachments: [file] })).source)).toEqual([
    'multipart/mixed',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'application/pdf',
  ]);
});

test.each(['Вітаємо, друже! 🎉', '👩‍👩‍👧‍👦'.repeat(40), 'é'.repeat(900), 'plain', '=?utf-8?Q?a?='])(
  'the subject %j arrives as it was written, in ASCII',
  async (subject) => {
    const { source, mail } = await arrived({ subject });
    // oxlint-disable-next-line no-control-regex -- all of ASCII
    expect(source.slice(0, source.indexOf('\r\n\r\n'))).toMatch(/^[\u0000-\u007f]*$/);
    if (subject.startsWith('=?')) expect(mail.subject).toMatch(/a/);
    else expect(mail.subject).toBe(subject);
  },
);

test.each(['Shop, "The Best"', 'Zoë & Söhne', 'Крамниця, «Найкраща»', 'a\\b', "O'Neil (shop)"])(
  'the sender %j arrives as one sender with that name',
  async (name) => {
    const { mail } = await arrived({ from: { name, address: 'hi@shop.example' } });
    expect(mail.from).toEqual({ name, address: 'hi@shop.example' });
  },
);

describe('addresses', () => {
  test('a local part in quotes stays whole, in the envelope and in the header', async () => {
    const { to, raw } = composeEmail({ ...usual, to: { name: '', address: '"a b"@x.example' } });
    expect(to).toBe('"a b"@x.example');
    const source = wholeMail(raw);
    expect(source.toString()).toContain('To: <"a b"@x.example>\r\n');
    expect((await PostalMime.parse(source)).to).toHaveLength(1);
  });

  test('domains are written as DNS knows them, also to a server that takes more', async () => {
    const { to, source } = await arrived({ to: { name: '', address: 'a@приклад.example' } });
    // The server shows it to its user as people read it.
    expect(to).toEqual(['a@приклад.example']);
    expect(source).toContain('To: a@xn--80aikifvh.example');
  });

  test('a local part beyond ASCII needs a server that takes it', async () => {
    const address = 'юлія@home.example';
    expect((await arrived({ to: { name: '', address } })).to).toEqual([address]);
  });

  test('and is refused for good, saying why, where the server does not', async () => {
    const { received, send } = await startSink({ utf8: false });
    expect(await send({ to: { name: '', address: 'юлія@home.example' } })).toEqual({
      kind: 'rejected',
      reason: 'address needs SMTPUTF8',
      answer: expect.stringContaining('beyond ASCII'),
    });
    expect(received).toEqual([]);
    expect(await send({})).toMatchObject({ kind: 'accepted' });
  });
});

describe('bodies', () => {
  test.each([
    ['a line of 100,000 characters', 'x'.repeat(100_000)],
    ['long lines beyond ASCII', `${'ї'.repeat(5_000)}\n`.repeat(3)],
    ['lines that begin with dots', '.\n..\n...a\n\n.\n'],
    ['a dot alone at the end', 'a\n.'],
    ['line ends of all kinds', 'a\rb\nc\r\nd'],
    ['what looks like the end of a part', '--\n--b1--\n--=_part--\n'],
  ])('%s arrive as they are', async (_, text) => {
    const { raw, mail } = await arrived({ text });
    const longest = Math.max(
      ...raw
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(998);
    const plain = (value = ''): string => value.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
    expect(plain(mail.text)).toBe(plain(text));
    expect(mail.html).toContain('Hello');
  });
});

const HEADERS = [
  'Content-Type',
  'Date',
  'From',
  'List-Id',
  'MIME-Version',
  'Message-ID',
  'Reply-To',
  'Subject',
  'To',
];

test('whatever names, subjects and values hold, there are the headers that were meant, and no more', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom('\r', '\n', ':', ' ', 'B', 'c', '"', ',', '<', '@', 'ї', '\0'),
    }),
    fc.constant('x\r\nBcc: eve@home.example\r\n\r\n<script>'),
  );
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, (subject, name, value, filename) => {
      const { raw, to } = composeEmail({
        ...usual,
        subject: subject.toWellFormed(),
        from: { name: name.toWellFormed(), address: 'hi@shop.example' },
        replyTo: { name: name.toWellFormed(), address: 'help@shop.example' },
        headers: { 'List-Id': value.toWellFormed() },
        attachments: [{ ...file, name: filename.toWellFormed() }],
      });
      const whole = wholeMail(raw).toString('latin1');
      const lines = whole.slice(0, whole.indexOf('\r\n\r\n')).split('\r\n');
      expect(whole.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      const names = lines.filter((line) => !/^[ \t]/.test(line)).map((line) => line.split(':')[0]);
      // One that says nothing is left out.
      const silent = HEADERS.filter((header) => !names.includes(header));
      expect(['Subject', 'List-Id']).toEqual(expect.arrayContaining(silent));
      expect(names.toSorted((a, b) => HEADERS.indexOf(a!) - HEADERS.indexOf(b!))).toEqual(
        HEADERS.filter((header) => names.includes(header)),
      );
      expect(typesIn(whole)).toHaveLength(5);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
      expect(to).toBe('ann@home.example');
    }),
    { numRuns: 100 },
  );
}, 60_000);

import { describe, expect, test } from 'vitest';
import { inspectFile } from './inspect-file.ts';
import { nameFile } from './name-file.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);
const TEXT = Buffer.from('a;b\n1;Київ\n');
const NOISE = Buffer.from([0, 1, 2, 3, 250, 251, 252]);
const PAGE = Buffer.from('<!doctype html><title>Not found</title>');

const at = (path: string): string => `https://files.example${path}`;

async function named(bytes: Buffer, url: string, name = '') {
  return nameFile(await inspectFile(bytes), { url: at(url), name });
}

describe('a file is called', () => {
  test.each([
    ['by its address', PDF, '/a/invoice.pdf?id=1', '', 'invoice.pdf', 'application/pdf'],
    ['by its address, decoded', PDF, '/%D1%80%D0%B0%D1%85.pdf', '', 'рах.pdf', 'application/pdf'],
    ['by what was given', PDF, '/x', 'Рахунок 7.pdf', 'Рахунок 7.pdf', 'application/pdf'],
    ['with the extension of its bytes', PDF, '/invoices/7', '', '7.pdf', 'application/pdf'],
    ['a picture', PNG, '/logo', '', 'logo.png', 'image/png'],
    ['a table', TEXT, '/export.csv', '', 'export.csv', 'text/csv'],
    ['a text without a name of its own', TEXT, '/', '', 'file.txt', 'text/plain'],
    ['a calendar', Buffer.from('BEGIN:VCALENDAR\n'), '/x.ics', '', 'x.ics', 'text/calendar'],
    ['something else', NOISE, '/data.bin', '', 'data.bin', 'application/octet-stream'],
    ['without folders', PDF, '/x', '../../etc/a.pdf', '_.._etc_a.pdf', 'application/pdf'],
    ['on one line', PDF, '/x', 'a\r\nBcc: b.pdf', 'a Bcc_ b.pdf', 'application/pdf'],
    ['by what its bytes are, whatever the name says', PNG, '/a.jpg', '', 'a.jpg', 'image/png'],
  ])('%s', async (_, bytes, url, given, name, type) => {
    expect(await named(bytes, url, given)).toEqual({ name, type });
  });

  test('with its extension, however long it is', async () => {
    const long = await named(PDF, '/x', `${'ж'.repeat(400)}.pdf`);
    expect(long).toMatchObject({ name: expect.stringMatching(/^ж{146}\.pdf$/) });
  });
});

describe('refused is', () => {
  test.each([
    ['a program', EXE, '/setup.exe', '', /\.exe/],
    ['a program by another name', EXE, '/photo.jpg', '', /\.exe/],
    ['a script', TEXT, '/run.JS', '', /\.js/],
    ['a script by the name that was given', TEXT, '/a.txt', 'a.vbs', /\.vbs/],
    ['a name that is turned round', TEXT, '/x', 'gpj.\u202ejs', /\.js/],
    ['a page with an error where a file was', PAGE, '/invoice.pdf', '', /no \.pdf file/],
    ['nothing', Buffer.alloc(0), '/a.pdf', '', /empty/],
  ])('%s', async (_, bytes, url, given, why) => {
    expect(await named(bytes, url, given)).toEqual({ refused: expect.stringMatching(why) });
  });
});

test('base64 has lines of 76 characters, and is shared between threads', async () => {
  const bytes = Buffer.alloc(1_000, 7);
  const { base64, size } = await inspectFile(bytes);
  const lines = Buffer.from(base64).toString('latin1').split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBe(76);
  expect(Buffer.from(lines.join(''), 'base64').equals(bytes)).toBe(true);
  expect(size).toBe(1_000);
  expect(base64.buffer).toBeInstanceOf(SharedArrayBuffer);
});

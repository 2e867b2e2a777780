import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { base64Lines } from './base64-lines.ts';
import { encodeBody } from './encode-body.ts';

test.each([0, 1, 56, 57, 58, 113, 114, 115, 5_000])(
  '%i bytes stand in lines of 76 characters, the last one without an end',
  (size) => {
    const bytes = randomBytes(size);
    const lines = base64Lines(bytes).toString('latin1').split('\r\n');
    expect(lines.slice(0, -1).every((line) => line.length === 76)).toBe(true);
    expect(lines.at(-1)!.length).toBeLessThanOrEqual(76);
    expect(lines.join('')).toBe(bytes.toString('base64'));
  },
);

test.each([
  ['Hello\r\nthere\n', 'Hello\r\nthere\r\n'],
  ['a\rb\tc ~', 'a\r\nb\tc ~'],
  ['', ''],
  [`${'x'.repeat(998)}\n${'y'.repeat(998)}`, `${'x'.repeat(998)}\r\n${'y'.repeat(998)}`],
])('%j goes as it is, with the line ends of mail', (text, sent) => {
  const { encoding, bytes } = encodeBody(text);
  expect([encoding, bytes.toString('latin1')]).toEqual(['7bit', sent]);
});

test.each([
  'Grüße',
  'a\u0000b',
  'a\u007fb',
  'a\u001bb',
  'x'.repeat(999),
  `${'x'.repeat(999)}\na`,
  `a\n${'x'.repeat(999)}`,
])('%.20j goes as base64', (text) => {
  const { encoding, bytes } = encodeBody(text);
  expect(encoding).toBe('base64');
  expect(Buffer.from(bytes.toString('latin1'), 'base64').toString('utf8')).toBe(
    text.replaceAll('\n', '\r\n'),
  );
});

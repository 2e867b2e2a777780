import { expect, test } from 'vitest';
import { parsePasted, referencesOf, referenceText } from './parse-pasted.ts';

test('tells addresses, phones and IDs apart, whatever stands between them', () => {
  const text = `ada@example.com, Ben Okafor <ben@example.com>;\t"u-17"
    +49 151 2345678\r\n4915123\n\nada@example.com,`;
  expect(parsePasted(text)).toEqual({
    emails: ['ada@example.com', 'ben@example.com'],
    phones: ['+49 151 2345678'],
    externalIds: ['u-17', '4915123'],
  });
});

test('nothing is nothing', () => {
  expect(referencesOf(parsePasted(' ,;\n\t '))).toEqual([]);
});

test('a reference is told as it was typed', () => {
  const references = referencesOf(parsePasted('a@b.c\n+4915123456\nu-1'));
  expect(references.map(referenceText)).toEqual(['a@b.c', '+4915123456', 'u-1']);
  expect(referenceText('12')).toBe('12');
});

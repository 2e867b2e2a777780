import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanJson, cleanText, lowerCase, readText } from './text.ts';

describe('lower case', () => {
  test.each([
    ['ΣΑΣ', 'σασ'],
    ['ΌΔΟΣ', 'όδοσ'],
    ['İI', 'ii'],
    ['STRASSE ẞ', 'strasse ß'],
    ['Київ', 'київ'],
    ['ǅ', 'ǆ'],
    ['𐐀', '𐐨'],
  ])('%s becomes %s', (text, lower) => {
    expect(lowerCase(text)).toBe(lower);
  });

  test('each code point is lower-cased by itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(lowerCase(text)).toBe(Array.from(text, lowerCase).join(''));
      }),
    );
  });
});

describe('reading', () => {
  test.each([
    ['text', 'a', 'a'],
    ['a blank', ' ', ' '],
    ['a number', 1e21, '1000000000000000000000'],
    ['zero', 0, '0'],
    ['false', false, 'false'],
    ['the empty text', '', undefined],
    ['null', null, undefined],
    ['a list', ['a'], undefined],
    ['an object', {}, undefined],
  ])('%s', (_case, value, text) => {
    expect(readText(value)).toBe(text);
  });
});

describe('cleaning', () => {
  test('NUL and lone surrogates become U+FFFD, pairs stay', () => {
    expect(cleanText('a\0b\uD800c\uDC00d😀')).toBe('a\uFFFDb\uFFFDc\uFFFDd😀');
  });

  test('keys and values are cleaned, and __proto__ stays a key', () => {
    const cleaned = cleanJson(JSON.parse('{"a\\u0000": ["\\ud800"], "__proto__": {"b": 1}}'));
    expect(JSON.stringify(cleaned)).toBe('{"a\uFFFD":["\uFFFD"],"__proto__":{"b":1}}');
  });
});

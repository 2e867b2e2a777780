import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';
import { Problem } from './problem.ts';
import { sanitizeJson } from './sanitize-json.ts';

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'no problem';
}

test('NUL and lone surrogates become the replacement character, in values and names', () => {
  expect(parseJson('{"a":"x\\u0000y","b\\ud800":["\\udfff"]}')).toEqual({
    a: 'x\ufffdy',
    'b\ufffd': ['\ufffd'],
  });
});

test('a pair of surrogates stays the character it is', () => {
  expect(parseJson('"\\ud83d\\ude00"')).toBe('😀');
  expect(sanitizeJson('😀')).toBe('😀');
});

test('bytes that are no UTF-8 become the replacement character', () => {
  expect(parseJson(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toBe('\ufffd(');
});

test.each(['{"__proto__":{"admin":true},"a":1}', '{"\\u005f_proto__":{"admin":true},"a":1}'])(
  'a member named __proto__ is left out: %s',
  (text) => {
    const value = parseJson(text) as object;
    expect(Object.keys(value)).toEqual(['a']);
    expect(Object.assign({}, value)).not.toHaveProperty('admin');
  },
);

test('a value "__proto__" is text like any other', () => {
  expect(parseJson('{"event":"__proto__"}')).toEqual({ event: '__proto__' });
});

test.each(['{', '{"a":}', 'nonsense', '"a', '[1,]', '{"a":"\0"}'])(
  '%j is not valid JSON',
  (text) => {
    expect(codeOf(() => parseJson(text))).toBe('invalid_json');
  },
);

test('an empty body is no value; a byte order mark is no content', () => {
  expect(parseJson('')).toBeUndefined();
  expect(parseJson(' \n')).toBeUndefined();
  expect(parseJson('\ufeff{"a":1}')).toEqual({ a: 1 });
});

test('128 levels are read, 129 are not, and a million do not overflow the stack', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(codeOf(() => parseJson(nested(128)))).toBe('no problem');
  expect(codeOf(() => parseJson(nested(129)))).toBe('json_too_deep');
  expect(codeOf(() => parseJson('['.repeat(1_000_000)))).toBe('json_too_deep');
});

test('brackets inside of strings are not levels', () => {
  const text = JSON.stringify({ a: `${'['.repeat(500)}\\"${'{'.repeat(500)}\\\\` });
  expect(codeOf(() => parseJson(text))).toBe('no problem');
  expect(codeOf(() => parseJson(`["\\\\", ${'['.repeat(200)}${']'.repeat(200)}]`))).toBe(
    'json_too_deep',
  );
});

import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test('JSON is read', () => {
  expect(parseJson('{"a":[1]}')).toEqual({ ok: true, value: { a: [1] } });
});

test('a mistake has a place', () => {
  const text = '{\n  "a": 1,\n  "b" 2\n}';
  const parsed = parseJson(text);
  expect(parsed.ok).toBe(false);
  expect(parsed).toMatchObject({ at: text.indexOf('2') });
});

test('a text that stops in the middle is wrong at its end', () => {
  expect(parseJson('{"a": ')).toMatchObject({ ok: false, at: 6 });
});

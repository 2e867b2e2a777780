import { expect, test } from 'vitest';
import { locate } from './locate.ts';

const text = `{
  "first": "a",
  "stop": [{ "event": "x" }, { "event": "y" }],
  "blocks": { "a/b": { "type": "end" } }
}`;

function at(pointer: string): string {
  const { from, to } = locate(text, pointer);
  return text.slice(from, to);
}

test.each([
  ['/first', '"a"'],
  ['/stop/1/event', '"y"'],
  ['/blocks/a~1b/type', '"end"'],
])('%s stands at %s', (pointer, expected) => {
  expect(at(pointer)).toBe(expected);
});

test('what is missing is shown at the nearest parent', () => {
  expect(at('/blocks/a~1b/exits/next')).toBe('{ "type": "end" }');
  expect(at('/stop/7')).toBe('[{ "event": "x" }, { "event": "y" }]');
});

test('the empty pointer is the whole text', () => {
  expect(at('')).toBe(text);
});

test('a broken text is read as far as it goes', () => {
  const broken = '{ "first": "a", "blocks": { ';
  const { from, to } = locate(broken, '/first');
  expect(broken.slice(from, to)).toBe('"a"');
  expect(locate('', '/first')).toEqual({ from: 0, to: 0 });
});

import { expect, test } from 'vitest';
import { readParams } from './read-params.ts';

test.each([
  ['', {}],
  ['  ', {}],
  ['{"plan": "pro", "n": 2}', { plan: 'pro', n: 2 }],
  ['{"plan": ', undefined],
  ['[1]', undefined],
  ['null', undefined],
  ['7', undefined],
])('the values %j are read as %j', (text, params) => {
  expect(readParams(text)).toEqual(params);
});

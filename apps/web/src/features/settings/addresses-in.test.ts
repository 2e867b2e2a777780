import { expect, test } from 'vitest';
import { addressesIn } from './addresses-in.ts';

test.each([
  ['one@x.example\ntwo@x.example\r\n', ['one@x.example', 'two@x.example']],
  ['a@x.example, "b@x.example"; c@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
  [' \n,;\n', []],
  ['+44 20 7946 0000', ['+44 20 7946 0000']],
])('%j', (text, expected) => {
  expect(addressesIn(text)).toEqual(expected);
});

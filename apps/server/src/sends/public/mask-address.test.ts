import { expect, test } from 'vitest';
import { maskAddress } from './mask-address.ts';

test.each([
  ['maya@home.example', 'm•••@home.example'],
  ['m@home.example', 'm•••@home.example'],
  ['😀x@home.example', '😀•••@home.example'],
  ['+380501234567', '+38•••67'],
  ['a-push-token', undefined],
])('%s is shown as %s', (address, shown) => {
  expect(maskAddress(address)).toBe(shown);
});

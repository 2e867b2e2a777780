import { expect, test } from 'vitest';
import { clicksByAddress, isTracked } from './annotate-clicks.ts';

const clicks = (url: string, n: number) => ({ url, clicks: n });

test.each([
  ['https://shop.example/a', true],
  ['mailto:a@shop.example', false],
  ['#top', false],
  [`https://news.example/u/${'x'.repeat(60)}`, false],
  [`https://news.example/preferences/${'x'.repeat(60)}`, false],
  ['https://shop.example/u/anna', true],
])('%s is tracked: %s', (address, tracked) => {
  expect(isTracked(address)).toBe(tracked);
});

test('clicks are of the link that leads to the same address', () => {
  const found = clicksByAddress(
    ['https://shop.example/a', 'https://shop.example/b', 'https://shop.example/a'],
    [clicks('https://shop.example/a', 3), clicks('https://shop.example/c', 9)],
  );
  expect(Object.fromEntries(found)).toEqual({
    'https://shop.example/a': 3,
    'https://shop.example/b': 0,
  });
});

test('a link that is made for its reader is found by its shape', () => {
  const found = clicksByAddress(
    ['https://shop.example/?plan='],
    [
      clicks('https://shop.example/?plan=pro', 2),
      clicks('https://shop.example/?plan=free', 5),
      clicks('https://shop.example/?other=1', 7),
    ],
  );
  expect([...found.values()]).toEqual([7]);
});

test('of links of one shape the exact one counts', () => {
  const found = clicksByAddress(
    ['https://shop.example/?id=1', 'https://shop.example/?id=2'],
    [clicks('https://shop.example/?id=2', 4)],
  );
  expect([...found.values()]).toEqual([0, 4]);
});

test('what is no address is compared as it is', () => {
  expect([...clicksByAddress(['https://'], [clicks('https://', 1)]).values()]).toEqual([1]);
});

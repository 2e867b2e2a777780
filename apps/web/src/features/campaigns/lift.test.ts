import { expect, test } from 'vitest';
import { liftOf } from './lift.ts';

const of = (did: number, sent: number) => ({ did, sent });

test('a lift is a share of the other rate', () => {
  expect(liftOf(of(120, 1_000), of(100, 1_000)).relative).toBeCloseTo(0.2);
  expect(liftOf(of(80, 1_000), of(100, 1_000)).relative).toBeCloseTo(-0.2);
});

test('how sure follows the difference and the numbers', () => {
  // z of 0.12 against 0.10 of a thousand each is 1.43, of which 92.4 % lie below.
  expect(liftOf(of(120, 1_000), of(100, 1_000)).sure).toBeCloseTo(0.924, 2);
  expect(liftOf(of(100, 1_000), of(120, 1_000)).sure).toBeCloseTo(0.924, 2);
  expect(liftOf(of(12, 100), of(10, 100)).sure!).toBeLessThan(0.7);
  expect(liftOf(of(1_200, 10_000), of(1_000, 10_000)).sure!).toBeGreaterThan(0.999);
});

test.each([
  ['nothing was sent of one', of(0, 0), of(5, 10), { relative: null, sure: null }],
  ['rates are the same', of(5, 10), of(10, 20), { relative: 0, sure: null }],
])('nothing is said where %s', (_, one, other, lift) => {
  expect(liftOf(one, other)).toEqual(lift);
});

test('none against few is far from sure, and has no share', () => {
  const { relative, sure } = liftOf(of(1, 10), of(0, 10));
  expect(relative).toBeNull();
  expect(sure!).toBeLessThan(0.8);
});

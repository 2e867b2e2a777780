import { expect, test } from 'vitest';
import { paramsLine, ratePerMinute } from './event.ts';

const now = Date.UTC(2026, 10, 22, 12);
const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();

test('a quiet stream is counted, not extrapolated', () => {
  expect(ratePerMinute([secondsAgo(5), secondsAgo(30), secondsAgo(600)], now)).toBe(2);
  expect(ratePerMinute([], now)).toBe(0);
});

test('a busy stream is extrapolated from the events at hand', () => {
  const received = Array.from({ length: 100 }, (_, n) => secondsAgo(n / 10));
  expect(ratePerMinute(received, now)).toBeGreaterThan(550);
  expect(ratePerMinute(received, now)).toBeLessThan(650);
});

test('parameters are one line, nested ones as JSON', () => {
  expect(paramsLine({ a: 1, b: { c: 2 } })).toBe('a: 1   b: {"c":2}');
  expect(paramsLine({})).toBe('');
});

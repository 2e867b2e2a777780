import { expect, test } from 'vitest';
import { canonicalZone } from './normalize-value.ts';
import { RENAMED_ZONES } from './renamed-zones.ts';

test.each([
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['europe/kyiv', 'Europe/Kyiv'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['europe/BERLIN', 'Europe/Berlin'],
  ['UTC', 'UTC'],
  ['Mars/Base', undefined],
  ['+03:00', undefined],
])('%s is kept as %s', (name, kept) => {
  expect(canonicalZone(name)).toBe(kept);
});

test('both names of a renamed zone are the same zone', () => {
  const now = new Date('2026-07-01T12:00:00Z');
  const hourIn = (timeZone: string): string =>
    now.toLocaleString('en', { timeZone, dateStyle: 'short', timeStyle: 'long' });
  for (const [old, name] of Object.entries(RENAMED_ZONES)) {
    expect(hourIn(name!), old).toBe(hourIn(old));
  }
});

import { expect, test } from 'vitest';
import { skippedMidnights } from './skipped-midnights.ts';

const texts = (zone: string) =>
  skippedMidnights(zone).map(({ from, to }) =>
    [from, to].map((at) => new Date(at).toISOString().slice(0, 16)),
  );

test.each([
  ['America/Toronto', ['1919-03-30T23:30', '1919-03-31T00:00']],
  ['Pacific/Apia', ['2011-12-30T00:00', '2011-12-31T00:00']],
  ['Pacific/Kwajalein', ['1993-08-21T00:00', '1993-08-22T00:00']],
  ['Asia/Manila', ['1844-12-31T00:00', '1845-01-01T00:00']],
  // Since it went over to an hour more, its summer begins with the hour before midnight.
  ['America/Nuuk', ['2026-03-28T23:00', '2026-03-29T00:00']],
])('%s skips %j', (zone, range) => {
  expect(texts(zone)).toContainEqual(range);
});

test.each(['UTC', 'Asia/Tokyo', 'Europe/Kyiv', 'America/Sao_Paulo'])(
  '%s never skips a midnight together with what is before it',
  (zone) => {
    expect(texts(zone)).toEqual([]);
  },
);

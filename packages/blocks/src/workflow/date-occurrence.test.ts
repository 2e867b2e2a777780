import { expect, test } from 'vitest';
import { dateOccurrence } from './date-occurrence.ts';
import { startSchemas } from './starts.ts';

test.each<[string, object, unknown, string, string | undefined, string?]>([
  ['a day at its first instant', {}, '2026-06-10', '2026-06-01T00:00Z', '2026-06-10T00:00Z'],
  ['of its zone', {}, '2026-06-10', '2026-06-01T00:00Z', '2026-06-09T21:00Z', 'Europe/Kyiv'],
  ['at a time', { at: '09:00' }, '2026-06-10', '2026-06-01T00:00Z', '2026-06-10T09:00Z'],
  [
    'days before',
    { at: '09:00', offset: { n: -3, unit: 'day' } },
    '2026-06-10',
    '2026-06-01T00:00Z',
    '2026-06-07T09:00Z',
  ],
  // Nine o'clock stays nine o'clock over the change of 29 March 2026 in Kyiv.
  [
    'over a change of the clocks',
    { at: '09:00', offset: { n: -2, unit: 'day' } },
    '2026-03-30',
    '2026-03-01T00:00Z',
    '2026-03-28T07:00Z',
    'Europe/Kyiv',
  ],
  [
    'a month before the 31st',
    { offset: { n: -1, unit: 'month' } },
    '2026-03-31',
    '2026-01-01T00:00Z',
    '2026-02-28T00:00Z',
  ],
  [
    'an instant, hours after',
    { offset: { n: 2, unit: 'hour' } },
    '2026-06-10T10:00:00Z',
    '2026-06-01T00:00Z',
    '2026-06-10T12:00Z',
  ],
  ['past', {}, '2026-05-10', '2026-06-01T00:00Z', undefined],
  ['at its own instant', {}, '2026-06-10', '2026-06-10T00:00Z', undefined],
  ['a birthday', { anniversary: true }, '1990-06-10', '2026-06-01T00:00Z', '2026-06-10T00:00Z'],
  [
    'a birthday that was',
    { anniversary: true },
    '1990-06-10',
    '2026-06-10T00:00Z',
    '2027-06-10T00:00Z',
  ],
  ['of 29 February', { anniversary: true }, '2000-02-29', '2026-06-01T00:00Z', '2027-02-28T00:00Z'],
  [
    'of 29 February in its year',
    { anniversary: true },
    '2000-02-29',
    '2027-06-01T00:00Z',
    '2028-02-29T00:00Z',
  ],
  [
    'a week before New Year',
    { anniversary: true, offset: { n: -7, unit: 'day' } },
    '1990-01-03',
    '2026-12-01T00:00Z',
    '2026-12-27T00:00Z',
  ],
  [
    'long after',
    { anniversary: true, offset: { n: 18, unit: 'month' } },
    '1990-01-03',
    '2026-01-01T00:00Z',
    '2026-07-03T00:00Z',
  ],
  ['no date', {}, 'soon', '2026-06-01T00:00Z', undefined],
  ['no value', {}, undefined, '2026-06-01T00:00Z', undefined],
])('%s', (_name, settings, value, after, expected, zone = 'UTC') => {
  const start = startSchemas.date.parse({ type: 'date', field: 'custom.ends', ...settings });
  const found = dateOccurrence(start, value as string, { after: Date.parse(after), zone });
  expect(
    found === undefined ? undefined : new Date(found).toISOString().replace(':00.000Z', 'Z'),
  ).toBe(expected);
});

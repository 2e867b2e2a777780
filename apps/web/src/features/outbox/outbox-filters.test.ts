import { expect, test } from 'vitest';
import { causeQuery, NO_FILTERS, sinceInstant } from './outbox-filters.ts';

const NOW = Date.parse('2026-06-01T12:00:30Z');

test.each([
  ['hour', '2026-06-01T11:00:00.000Z'],
  ['week', '2026-05-25T12:00:00.000Z'],
  ['', undefined],
  ['constructor', undefined],
])('looks back a %s', (since, from) => {
  expect(sinceInstant(since, NOW)).toBe(from);
});

test('asks for what is chosen', () => {
  const filters = { ...NO_FILTERS, channel: 'email,sms', campaign: '7' };
  expect(causeQuery(filters, NOW)).toMatchObject({ channel: ['email', 'sms'], campaign: '7' });
  expect(causeQuery(NO_FILTERS, NOW)).toMatchObject({ channel: [], message: '' });
});

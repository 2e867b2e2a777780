import { expect, test } from 'vitest';
import { activityQuery, isFiltered, noFilters } from './activity-query.ts';

test('days are those of the zone, and the last one is whole', () => {
  const state = { ...noFilters, from: '2026-03-29', to: '2026-03-29', kind: 'send,event' };
  expect(activityQuery(state, 'Europe/Kyiv')).toMatchObject({
    kinds: ['send', 'event'],
    from: '2026-03-28T22:00:00.000Z',
    before: '2026-03-29T21:00:00.000Z',
  });
});

test('nothing chosen is no filter', () => {
  expect(isFiltered(noFilters)).toBe(false);
  expect(isFiltered({ ...noFilters, search: 'x' })).toBe(true);
});

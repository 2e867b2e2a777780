import { expect, test } from 'vitest';
import { navPageOf } from './pages.ts';

test.each([
  ['', ''],
  ['contacts', 'contacts'],
  ['contacts/12', 'contacts'],
  ['event-types/Workout', 'event-types'],
  ['events', 'events'],
  ['settings/keys', 'settings/keys'],
])('"%s" belongs to the page "%s" of the navigation', (path, expected) => {
  expect(navPageOf(path)?.path).toBe(expected);
});

test('what no page begins belongs to none', () => {
  expect(navPageOf('eventful')).toBeUndefined();
});

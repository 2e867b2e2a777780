import { expect, test } from 'vitest';
import { createBulkPace } from './bulk-pace.ts';

test('begins with few, and hands over as many as fit into the time that others may wait', () => {
  const pace = createBulkPace({ most: 200 });
  expect(pace.size()).toBe(25);
  for (let n = 0; n < 20; n += 1) pace.took({ handled: 50, ms: 100 });
  expect(pace.size()).toBe(100);
  for (let n = 0; n < 20; n += 1) pace.took({ handled: 100, ms: 10 });
  expect(pace.size()).toBe(200);
});

test('a batch that took long makes the next smaller; a few say nothing about many', () => {
  const pace = createBulkPace({ most: 200 });
  for (let n = 0; n < 20; n += 1) pace.took({ handled: 200, ms: 200 });
  pace.took({ handled: 200, ms: 600 });
  expect(pace.size()).toBe(100);
  pace.took({ handled: 3, ms: 900 });
  expect(pace.size()).toBe(100);
});

import { expect, test } from 'vitest';
import { createDuePace } from './due-pace.ts';

test('begins with few', () => {
  expect(createDuePace().most({ beside: true })).toBe(100);
});

test('follows as many as fit into the time that those who arrive may wait', () => {
  const pace = createDuePace();
  for (let n = 0; n < 20; n += 1) pace.took({ handled: 500, ms: 100 });
  expect(pace.most({ beside: true })).toBe(500);
  expect(pace.most({ beside: false })).toBe(1500);
});

test('a batch that took long makes the next smaller, never less than a crowd', () => {
  const pace = createDuePace();
  for (let n = 0; n < 20; n += 1) pace.took({ handled: 500, ms: 100 });
  pace.took({ handled: 600, ms: 480 });
  expect(pace.most({ beside: true })).toBe(200);
  for (let n = 0; n < 20; n += 1) pace.took({ handled: 200, ms: 5000 });
  expect(pace.most({ beside: true })).toBe(100);
});

test('a few say nothing about a crowd', () => {
  const pace = createDuePace();
  pace.took({ handled: 3, ms: 90 });
  expect(pace.most({ beside: true })).toBe(100);
});

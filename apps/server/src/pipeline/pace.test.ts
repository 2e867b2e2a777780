import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

const newPace = () => createPace({ aimMs: 100, least: 100, most: 2000 });

test('begins with few', () => {
  expect(newPace().allowed()).toBe(100);
});

test('takes as many as fit', () => {
  const pace = newPace();
  pace.took(100, 10);
  expect(pace.allowed()).toBe(1000);
});

test('goes no further than its bounds', () => {
  const quick = newPace();
  quick.took(100, 1);
  expect(quick.allowed()).toBe(2000);
  const slow = newPace();
  slow.took(100, 5000);
  expect(slow.allowed()).toBe(100);
});

test('follows the machine, one bad moment does not decide', () => {
  const pace = newPace();
  pace.took(1000, 100);
  pace.took(1000, 1000);
  expect(pace.allowed()).toBe(270);
  for (let n = 0; n < 20; n += 1) pace.took(1000, 100);
  expect(pace.allowed()).toBeGreaterThan(980);
});

test('a handful says nothing', () => {
  const pace = newPace();
  pace.took(1000, 100);
  pace.took(3, 50);
  expect(pace.allowed()).toBe(1000);
});

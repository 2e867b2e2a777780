import { expect, test } from 'vitest';
import { createPollNaps } from './poll-naps.ts';

const at = (seconds: number): Date => new Date(seconds * 1_000);

test('senders look every second, and where nothing was due for long every three, for what is due until then', () => {
  const naps = createPollNaps(at(0));
  expect(naps.horizon(at(1))).toEqual(at(1));
  expect(naps.ms).toBe(1_000);
  expect(naps.horizon(at(30))).toEqual(at(30));
  expect(naps.horizon(at(31))).toEqual(at(34));
  expect(naps.ms).toBe(3_000);
});

test('what falls due within the nap is looked for every second until it is due', () => {
  const naps = createPollNaps(at(0));
  naps.horizon(at(100));
  // Due at 102.9, say.
  naps.found(at(100));
  expect(naps.ms).toBe(1_000);
  expect(naps.horizon(at(101))).toEqual(at(101));
  expect(naps.ms).toBe(1_000);
  expect(naps.horizon(at(131))).toEqual(at(134));
});

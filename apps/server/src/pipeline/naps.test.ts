import { expect, test } from 'vitest';
import { createNaps } from './naps.ts';

function setUp(due: number[]): {
  /** Of who looked last just now, or then, and worked a second ago, or then. */
  nap: (lookedAt?: number, workedAt?: number) => Promise<number>;
  asked: [number, number][];
  due: number[];
  at: (ms: number) => void;
} {
  let now = 0;
  const asked: [number, number][] = [];
  const naps = createNaps({
    clock: () => new Date(now),
    nextWake: async ({ after, before }) => {
      asked.push([after.getTime(), before.getTime()]);
      const found = due.filter((at) => at > after.getTime() && at <= before.getTime());
      return found.length > 0 ? Math.min(...found) : undefined;
    },
  });
  const nap = (lookedAt = now, workedAt = now - 1000): Promise<number> =>
    naps({ lookedAt: new Date(lookedAt), workedAt: new Date(workedAt) });
  return { nap, asked, due, at: (ms) => (now = ms) };
}

test('a nap ends at the next instant, or after a second', async () => {
  const { nap, at } = setUp([1600]);
  expect(await nap()).toBe(1000);
  at(1000);
  expect(await nap()).toBe(600);
});

test('who has had nothing to do for a while looks less often, and wakes in time', async () => {
  const { nap, asked, at } = setUp([43_500]);
  at(40_000);
  expect(await nap(40_000, 0)).toBe(3000);
  at(43_000);
  expect(await nap(43_000, 0)).toBe(500);
  expect(asked).toEqual([
    [40_000, 43_000],
    [43_000, 46_000],
  ]);
});

test('what was found is not read again, only what falls due before it', async () => {
  const { nap, asked, due, at } = setUp([600]);
  await nap();
  at(100);
  expect(await nap()).toBe(500);
  due.push(300);
  at(200);
  expect(await nap()).toBe(100);
  expect(asked).toEqual([
    [0, 1000],
    [100, 599],
    [200, 599],
  ]);
});

test('once its instant has passed, all of the next second is asked for', async () => {
  const { nap, asked, at } = setUp([600]);
  await nap();
  at(600);
  expect(await nap()).toBe(1000);
  expect(asked.at(-1)).toEqual([600, 1600]);
});

test('right before an instant nothing is asked', async () => {
  const { nap, asked, at } = setUp([600]);
  await nap();
  at(599);
  expect(await nap()).toBe(1);
  expect(asked).toHaveLength(1);
});

test('an instant that passed since the last look is looked at again at once', async () => {
  const { nap, due, at } = setUp([600]);
  await nap();
  at(601);
  expect(await nap(599)).toBe(1);
  due.push(700);
  at(701);
  expect(await nap(650)).toBe(1);
});

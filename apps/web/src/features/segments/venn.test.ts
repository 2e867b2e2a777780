import { describe, expect, test } from 'vitest';
import { circlesOf, filterOfRegion, placeOf, regionsOf, sizeIn } from './venn.ts';

describe.each([[['1', '2']], [['1', '2', '3']]])('of %j', (ids) => {
  const regions = regionsOf(ids, []);

  test('there is a region for each choice of them', () => {
    expect(regions).toHaveLength(2 ** ids.length - 1);
    expect(new Set(regions.map((region) => region.in.join())).size).toBe(regions.length);
  });

  test('each number stands inside its circles and outside the others', () => {
    const circles = circlesOf(ids.length);
    for (const region of regions) {
      const { x, y } = placeOf(region, ids);
      ids.forEach((id, n) => {
        const circle = circles[n]!;
        const distance = Math.hypot(x - circle.x, y - circle.y);
        expect(distance < circle.r, `${region.in.join('+')} and ${id}`).toBe(
          region.in.includes(id),
        );
      });
    }
  });
});

test('regions that nobody is in are 0, whatever the order of their segments', () => {
  const regions = regionsOf(
    ['1', '2'],
    [
      { in: ['2', '1'], count: 5 },
      { in: ['1'], count: 3 },
    ],
  );
  expect(regions.map(({ count }) => count)).toEqual([3, 0, 5]);
  expect([sizeIn('1', regions), sizeIn('2', regions)]).toEqual([8, 5]);
});

test('a region is a filter of contacts', () => {
  expect(JSON.parse(filterOfRegion({ in: ['2'] }, ['1', '2']))).toEqual({
    all: [{ not: { type: 'segment', segment: '1' } }, { type: 'segment', segment: '2' }],
  });
});

/** A circle of a diagram in its own units. */
export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** A region of some segments: contacts of these, and of no other that was asked for. */
export interface Region {
  readonly in: readonly string[];
  readonly count: number;
}

const CIRCLES: Readonly<Record<2 | 3, readonly Circle[]>> = {
  2: [
    { x: 145, y: 130, r: 100 },
    { x: 255, y: 130, r: 100 },
  ],
  3: [
    { x: 145, y: 115, r: 95 },
    { x: 255, y: 115, r: 95 },
    { x: 200, y: 205, r: 95 },
  ],
};

/** Where the circles of two or three segments stand. They show who is in which, not how many. */
export function circlesOf(count: number): readonly Circle[] {
  return CIRCLES[count === 3 ? 3 : 2];
}

/** Where the number of a region is written: inside its circles, outside the others. */
export function placeOf(
  region: Pick<Region, 'in'>,
  ids: readonly string[],
): { x: number; y: number } {
  const circles = circlesOf(ids.length);
  const inside = ids.map((id) => region.in.includes(id));
  const middle = centreOf(circles);
  const own = centreOf(circles.filter((_circle, index) => inside[index]));
  const isAll = inside.every(Boolean);
  if (isAll) return middle;
  // Away from the middle of all, since the others overlap there.
  const reach = region.in.length === 1 ? 0.55 : 0.6;
  return { x: own.x + (own.x - middle.x) * reach, y: own.y + (own.y - middle.y) * reach };
}

function centreOf(circles: readonly Circle[]): { x: number; y: number } {
  const sum = circles.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / circles.length, y: sum.y / circles.length };
}

/** All regions of some segments, those that nobody is in as well: the smaller ones first. */
export function regionsOf(ids: readonly string[], counted: readonly Region[]): readonly Region[] {
  const all = Array.from({ length: 2 ** ids.length - 1 }, (_, n) =>
    ids.filter((_id, bit) => ((n + 1) >> bit) & 1),
  );
  return all
    .map((held) => ({ in: held, count: counted.find((each) => isSame(each.in, held))?.count ?? 0 }))
    .sort((one, other) => one.in.length - other.in.length);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((id) => others.includes(id));
}

/** The filter of All contacts that shows a region. */
export function filterOfRegion(region: Pick<Region, 'in'>, ids: readonly string[]): string {
  const of = (segment: string) => ({ type: 'segment', segment });
  const all = ids.map((id) => (region.in.includes(id) ? of(id) : { not: of(id) }));
  return JSON.stringify({ all });
}

/** How many are in a segment, from its regions. */
export function sizeIn(id: string, regions: readonly Region[]): number {
  return regions
    .filter((region) => region.in.includes(id))
    .reduce((sum, { count }) => sum + count, 0);
}

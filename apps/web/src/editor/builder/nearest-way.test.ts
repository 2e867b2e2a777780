import { expect, test } from 'vitest';
import { welcomeDraft } from '../edit/test-draft.ts';
import { graphOf, START } from '../graph.ts';
import { BLOCK_HEIGHT, BLOCK_WIDTH, layOut } from '../layout.ts';
import { nearestWay, waySpots } from './nearest-way.ts';

const graph = graphOf(welcomeDraft(true));
const drawn = waySpots(graph, layOut(graph).places);
const middle = BLOCK_WIDTH / 2;

test('a point on an edge means the edge', () => {
  const near = nearestWay(drawn, { x: middle + 20, y: BLOCK_HEIGHT + 50 }, { edges: true });
  expect(near).toMatchObject({ way: { source: 'greet', exit: 'next' }, edge: 'greet/next' });
});

test('a block that cannot go on is never put on an edge', () => {
  const near = nearestWay(drawn, { x: middle, y: BLOCK_HEIGHT + 50 }, { edges: false });
  expect(near?.edge ?? null).toBeNull();
});

test('a point near a free exit means the exit', () => {
  const near = nearestWay(
    drawn,
    { x: 288 + BLOCK_WIDTH * 0.88 + 60, y: 352 + BLOCK_HEIGHT + 40 },
    { edges: true },
  );
  expect(near).toMatchObject({ way: { source: 'remind', exit: 'failed' }, edge: null });
});

test('the start of an empty draft takes the first block', () => {
  const empty = graphOf({ blocks: {} });
  const places = layOut(empty).places;
  const near = nearestWay(waySpots(empty, places), { x: 150, y: 150 }, { edges: true });
  expect(near?.way).toEqual({ source: START, exit: 'next' });
});

test('far from everything there is nothing', () => {
  expect(nearestWay(drawn, { x: 3_000, y: 3_000 }, { edges: true })).toBeNull();
});

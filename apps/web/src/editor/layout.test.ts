import { expect, test } from 'vitest';
import { graphOf, START } from './graph.ts';
import { BLOCK_HEIGHT, BLOCK_WIDTH, layOut } from './layout.ts';

function definition(positions: boolean) {
  const at = (x: number, y: number) => (positions ? { position: { x, y } } : {});
  return {
    start: { type: 'manual' },
    first: 'a',
    blocks: {
      a: { type: 'if', condition: { all: [] }, exits: { yes: 'b', no: 'c' }, ...at(100, 200) },
      b: { type: 'end', ...at(0, 400) },
      c: { type: 'end', ...at(300, 400) },
    },
  };
}

test('positions of the definition hold, and the start stands above the first block', () => {
  const { places } = layOut(graphOf(definition(true)));
  expect(places.get('a')).toEqual({ x: 100, y: 200 });
  expect(places.get(START)?.x).toBe(100);
  expect(places.get(START)?.y).toBeLessThan(200 - BLOCK_HEIGHT);
});

test('without positions nothing overlaps and each block stands below the one before it', () => {
  const graph = graphOf(definition(false));
  const { places } = layOut(graph);
  for (const { source, target } of graph.edges) {
    expect(places.get(target)!.y).toBeGreaterThanOrEqual(places.get(source)!.y + BLOCK_HEIGHT);
  }
  const [b, c] = [places.get('b')!, places.get('c')!];
  expect(Math.abs(b.x - c.x)).toBeGreaterThanOrEqual(BLOCK_WIDTH);
});

test('the first exit leads to the first side', () => {
  const { places } = layOut(graphOf(definition(false)));
  expect(places.get('b')!.x).toBeLessThan(places.get('c')!.x);
});

test('one block without a position lays everything out afresh', () => {
  const mixed = definition(true);
  delete (mixed.blocks.c as { position?: unknown }).position;
  expect(layOut(graphOf(mixed)).places.get('a')).not.toEqual({ x: 100, y: 200 });
});

test('a loop is laid out', () => {
  const loop = { first: 'a', blocks: { a: { type: 'timer', exits: { next: 'a' } } } };
  expect(layOut(graphOf(loop)).places.size).toBe(2);
});

test('a definition without blocks has a start', () => {
  expect([...layOut(graphOf({})).places.keys()]).toEqual([START]);
});

test('an edge that passes a row of blocks goes beside them', () => {
  const skip = {
    first: 'a',
    blocks: {
      a: { type: 'email', message: '1', exits: { next: 'c', failed: 'b' } },
      b: { type: 'end', exits: { next: 'c' } },
      c: { type: 'end' },
    },
  };
  const { places, routes } = layOut(graphOf(skip));
  const [passes] = routes.get('a/next')!;
  const b = places.get('b')!;
  expect(passes!.y).toBe(b.y + BLOCK_HEIGHT / 2);
  expect(passes!.x < b.x || passes!.x > b.x + BLOCK_WIDTH).toBe(true);
  expect(routes.get('a/failed')).toEqual([]);
});

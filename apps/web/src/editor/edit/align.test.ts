import { expect, test } from 'vitest';
import { graphOf } from '../graph.ts';
import { BLOCK_WIDTH, COLUMN_GAP } from '../layout.ts';
import { align } from './align.ts';
import { ROW } from './places.ts';
import { welcomeDraft } from './test-draft.ts';

const graph = graphOf(welcomeDraft(true));
const scattered = new Map([
  ['greet', { x: 10, y: 20 }],
  ['ask', { x: 300, y: 60 }],
  ['remind', { x: 700, y: 900 }],
]);
const ids = ['remind', 'greet', 'ask'];

test('in a column blocks stand under the uppermost, none on another', () => {
  expect(Object.fromEntries(align(graph, scattered, { ids, how: 'column' }))).toEqual({
    greet: { x: 10, y: 20 },
    ask: { x: 10, y: 20 + ROW },
    remind: { x: 10, y: 900 },
  });
});

test('in a row blocks are level with the leftmost', () => {
  expect(Object.fromEntries(align(graph, scattered, { ids, how: 'row' }))).toEqual({
    greet: { x: 10, y: 20 },
    ask: { x: 300, y: 20 },
    remind: { x: 700, y: 20 },
  });
  expect(BLOCK_WIDTH + COLUMN_GAP).toBeLessThanOrEqual(290);
});

test('laid out among themselves, blocks follow their edges from the corner where they were', () => {
  const laid = align(graph, scattered, { ids, how: 'tidy' });
  const [greet, ask, remind] = ['greet', 'ask', 'remind'].map((id) => laid.get(id)!);
  expect([ask!.y - greet!.y, remind!.y - ask!.y]).toEqual([ROW, ROW]);
  expect(Math.min(greet!.x, ask!.x, remind!.x)).toBe(10);
  expect(greet!.y).toBe(20);
});

test('one block alone stays where it is', () => {
  expect(align(graph, scattered, { ids: ['ask'], how: 'row' })).toEqual(
    new Map([['ask', { x: 300, y: 60 }]]),
  );
});

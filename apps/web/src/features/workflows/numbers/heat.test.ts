import type { WorkflowStats } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { graphOf } from '../../../editor/graph.ts';
import { heatOf } from './heat.ts';

const graph = graphOf({
  start: { type: 'manual' },
  first: 'b1',
  blocks: {
    b1: { type: 'split', weights: { a: 1, b: 1 }, exits: { a: 'b2', b: 'b2' } },
    b2: { type: 'end' },
  },
});

function stats(started: number, exits: Record<string, number>): WorkflowStats {
  const rest = { running: 0, completed: 0, stopped: 0, failed: 0, converted: 0, not_started: {} };
  const blocks = { b1: { entered: started, waiting: 0, exits } };
  return { period: { from: null, to: null }, started, ...rest, blocks };
}

test('ways are as hot as many went them, of the busiest', () => {
  const heat = heatOf(graph, stats(40, { a: 30 }));
  expect(Object.fromEntries(heat)).toEqual({ '#start/next': 1, 'b1/a': 0.75, 'b1/b': 0 });
});

test('where nobody went nothing is hot', () => {
  expect(Object.fromEntries(heatOf(graph, stats(0, {})))).toEqual({
    '#start/next': 0,
    'b1/a': 0,
    'b1/b': 0,
  });
});

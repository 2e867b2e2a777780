import { expect, test } from 'vitest';
import { START } from '../../editor/graph.ts';
import { problemsByBlock } from './problems-by-block.ts';

const at = (path: string, block: string | null, message = path) => ({ path, block, message });

test('a block shows its errors before its warnings', () => {
  const marks = problemsByBlock({
    errors: [at('/blocks/a/message', 'a'), at('/blocks/a/ttl', 'a')],
    warnings: [at('/blocks/a/event', 'a'), at('/blocks/b/event', 'b')],
  });
  expect(marks.get('a')).toEqual({ message: '/blocks/a/message\n/blocks/a/ttl', severe: true });
  expect(marks.get('b')).toEqual({ message: '/blocks/b/event', severe: false });
});

test('what starts and stops a run is shown on the start, what is of no block nowhere', () => {
  const marks = problemsByBlock({
    errors: [at('/start/event', null), at('/stop/0/event', null), at('/language', null)],
    warnings: [],
  });
  expect([...marks.keys()]).toEqual([START]);
  expect(problemsByBlock(undefined).size).toBe(0);
});

import { expect, test } from 'vitest';
import { graphOf, START } from '../graph.ts';
import { layOut } from '../layout.ts';
import { welcomeDraft } from './test-draft.ts';
import { walk, type Direction } from './walk.ts';

const graph = graphOf(welcomeDraft(true));
const { places } = layOut(graph);

test.each<[string, Direction, string | undefined]>([
  [START, 'down', 'greet'],
  ['greet', 'up', START],
  ['greet', 'down', 'ask'],
  ['ask', 'down', 'done'],
  ['remind', 'up', 'ask'],
  ['done', 'up', 'ask'],
  ['done', 'down', undefined],
  [START, 'up', undefined],
  ['ask', 'right', 'remind'],
  ['remind', 'left', 'ask'],
  ['greet', 'left', undefined],
])('from %s %s is %s', (from, direction, to) => {
  expect(walk(graph, places, from, direction)).toBe(to);
});

import { expect, test } from 'vitest';
import { nodeOfBoard, readNode } from './node-board.ts';

const opened = { type: 'message_status', block: 'a', status: 'opened' };
const german = { type: 'field', field: 'country', op: 'one_of', value: ['DE'] };

test.each([
  [opened],
  [{ all: [opened, german] }],
  [{ any: [{ all: [opened, german] }, { all: [german] }] }],
  [{ not: { all: [opened, german] } }],
])('the condition %j is drawn and written as it was', (node) => {
  expect(nodeOfBoard(readNode(node)!)).toEqual(node);
});

test('nothing is drawn as a board without cards', () => {
  expect(nodeOfBoard(readNode({ all: [] })!)).toEqual({ all: [] });
  expect(nodeOfBoard(readNode(undefined)!)).toEqual({ all: [] });
});

test('what cards cannot show is left to the code', () => {
  expect(
    readNode({ any: [{ all: [{ any: [{ all: [opened, german] }, german] }, opened] }, german] }),
  ).toBe(undefined);
});

import { expect, test } from 'vitest';
import { whereNode } from './where-node.ts';

test('leaves become conditions on parameters, the tree stays', () => {
  const where = { all: [{ param: 'plan', op: 'equals', value: 'x' }, { not: { param: 'b' } }] };
  expect(whereNode(where)).toEqual({
    all: [
      { type: 'event_param', param: 'plan', op: 'equals', value: 'x' },
      { not: { type: 'event_param', param: 'b' } },
    ],
  });
});

test('what is no filter is nothing', () => {
  expect(whereNode(undefined)).toEqual({});
});

import { expect, test } from 'vitest';
import { graphOf, START } from './graph.ts';

const definition = {
  language: 1,
  start: { type: 'event', event: 'SignedUp' },
  stop: [{ type: 'event', event: 'Closed' }],
  first: 'a',
  blocks: {
    a: { type: 'if', condition: { all: [] }, exits: { no: 'b' }, note: 'Only the brave' },
    b: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: {}, position: { x: 5, y: 7 } },
  },
};

test('the start leads to the first block, exits lead on', () => {
  expect(graphOf(definition).edges).toEqual([
    { id: '#start/next', source: START, exit: 'next', target: 'a' },
    { id: 'a/no', source: 'a', exit: 'no', target: 'b' },
  ]);
});

test('exits stand in the order of their kind, those that lead nowhere too', () => {
  const [a, b] = graphOf(definition).blocks;
  expect(a?.exits).toEqual(['yes', 'no']);
  expect(b?.exits).toEqual(['next', 'failed']);
});

test('settings are apart from what the canvas adds', () => {
  const [a, b] = graphOf(definition).blocks;
  expect(a).toMatchObject({ settings: { condition: { all: [] } }, note: 'Only the brave' });
  expect(b).toMatchObject({ settings: { wait: { n: 1, unit: 'day' } }, position: { x: 5, y: 7 } });
});

test.each([
  ['if', {}, ['yes', 'no']],
  ['email', {}, ['next', 'failed']],
  ['split', {}, ['a', 'b']],
  ['unheard_of', {}, []],
])('%s has its exits although its settings are not complete', (type, settings, exits) => {
  const broken = { blocks: { a: { type, ...settings, exits: { more: 'a' } } } };
  expect(graphOf(broken).blocks[0]?.exits).toEqual([...exits, 'more']);
});

test('an exit into nothing is no edge', () => {
  expect(
    graphOf({ first: 'x', blocks: { a: { type: 'end', exits: { next: 'y' } } } }).edges,
  ).toEqual([]);
});

test.each([null, 3, 'text', [], { blocks: [] }, { blocks: { a: null } }])(
  'what is no definition at all is drawn as far as it goes: %j',
  (value) => {
    expect(() => graphOf(value)).not.toThrow();
  },
);

test('blocks come in the order in which a run meets them', () => {
  const stored = {
    first: 'z',
    blocks: { a: { type: 'end' }, z: { type: 'timer', exits: { next: 'a' } } },
  };
  expect(graphOf(stored).blocks.map((block) => block.id)).toEqual(['z', 'a']);
});

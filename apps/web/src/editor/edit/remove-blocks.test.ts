import { expect, test } from 'vitest';
import { blocksOf } from './draft.ts';
import { removeBlocks } from './remove-blocks.ts';
import { waysOf, welcomeDraft } from './test-draft.ts';

const draft = welcomeDraft();

test('a block with one way through leaves an edge in its place', () => {
  expect(waysOf(removeBlocks(draft, ['remind']))).toContain('ask.no>done');
  expect(waysOf(removeBlocks(draft, ['greet']))[0]).toBe('start>ask');
});

test('several in a row leave one edge', () => {
  const chain = {
    first: 'a',
    blocks: {
      a: { type: 'timer', exits: { next: 'b' } },
      b: { type: 'timer', exits: { next: 'c' } },
      c: { type: 'timer', exits: { next: 'd' } },
      d: { type: 'end', exits: {} },
    },
  };
  expect(waysOf(removeBlocks(chain, ['b', 'c']))).toEqual(['start>a', 'a.next>d']);
});

test('a block with two ways on leaves none', () => {
  const after = removeBlocks(draft, ['ask']);
  expect(waysOf(after)).toEqual(['start>greet', 'remind.next>done']);
  expect(Object.keys(blocksOf(after))).toEqual(['greet', 'remind', 'done']);
});

test('all of them leave an empty draft', () => {
  const after = removeBlocks(draft, Object.keys(blocksOf(draft)));
  expect(after).toEqual({ language: 1, start: draft['start'], stop: [], blocks: {} });
});

test('a block is never made to lead to itself', () => {
  const loop = {
    first: 'a',
    blocks: {
      a: { type: 'timer', exits: { next: 'b' } },
      b: { type: 'email', exits: { next: 'a' } },
    },
  };
  expect(waysOf(removeBlocks(loop, ['b']))).toEqual(['start>a']);
});

test('what is not there changes nothing', () => {
  expect(removeBlocks(draft, ['nobody'])).toBe(draft);
});

import { expect, test } from 'vitest';
import { setNote, setPart, setSettings } from './change-block.ts';
import { compareDrafts, countChanges, differencesOf } from './compare-drafts.ts';
import { connect } from './connect.ts';
import { insertBlock } from './insert-blocks.ts';
import { newBlock } from './new-block.ts';
import { arrange, moveBlocks } from './places.ts';
import { removeBlocks } from './remove-blocks.ts';
import { welcomeDraft } from './test-draft.ts';

const draft = welcomeDraft(true);

test('a definition differs in nothing from itself, nor from itself elsewhere', () => {
  const moved = moveBlocks(draft, new Map([['greet', { x: 999, y: 0 }]]));
  for (const other of [draft, moved, arrange(draft)]) {
    const { changes, parts } = compareDrafts(draft, other);
    expect([...changes]).toEqual([]);
    expect(parts).toEqual([]);
  }
});

test('a block put on an edge is added with its edges, and the former edge is cut', () => {
  const { draft: after } = insertBlock(draft, newBlock('timer'), {
    way: { source: 'greet', exit: 'next' },
  });
  const { changes, graph } = compareDrafts(draft, after);
  expect(Object.fromEntries(changes)).toEqual({
    greet: 'changed',
    timer_1: 'added',
    'greet/next': 'added',
    'timer_1/next': 'added',
    'greet/next#removed': 'removed',
  });
  expect(graph.edges).toContainEqual({
    id: 'greet/next#removed',
    source: 'greet',
    exit: 'next',
    target: 'ask',
  });
});

test('a removed block is drawn with the edges that it had', () => {
  const comparison = compareDrafts(draft, removeBlocks(draft, ['remind']));
  expect(comparison.graph.blocks.map(({ id }) => id)).toContain('remind');
  expect(comparison.changes.get('remind')).toBe('removed');
  expect(comparison.changes.get('remind/next#removed')).toBe('removed');
  expect(countChanges(comparison)).toEqual({ added: 0, removed: 1, changed: 1 });
});

test('a changed block says what was and is, field by field', () => {
  const after = setNote(setSettings(draft, 'greet', { message: '9' }), 'greet', 'Warm');
  expect(compareDrafts(draft, after).blocks.get('greet')).toEqual([
    { path: '/message', before: '1', after: '9' },
    { path: '/note', before: undefined, after: 'Warm' },
  ]);
});

test('an exit that leads elsewhere is a change of its block', () => {
  const after = connect(draft, { source: 'ask', exit: 'no' }, 'done');
  expect(compareDrafts(draft, after).blocks.get('ask')).toEqual([
    { path: '/exits/no', before: 'remind', after: 'done' },
  ]);
});

test('start, stops and limits differ apart from the blocks', () => {
  const after = setPart(draft, 'start', { type: 'event', event: 'Paid' });
  expect(compareDrafts(draft, after).parts).toEqual([
    { path: '/start/event', before: 'SignedUp', after: 'Paid' },
  ]);
});

test('lists differ as a whole, and names are escaped in paths', () => {
  expect(differencesOf({ 'a/b': [1] }, { 'a/b': [2] })).toEqual([
    { path: '/a~1b', before: [1], after: [2] },
  ]);
});

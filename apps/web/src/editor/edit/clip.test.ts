import { expect, test } from 'vitest';
import { fromClip, toClip } from './clip.ts';
import { blocksOf } from './draft.ts';
import { insertBlocks } from './insert-blocks.ts';
import { waysOf, welcomeDraft } from './test-draft.ts';

const draft = welcomeDraft();

test('blocks come back from the clipboard with the exits among them', () => {
  const text = toClip(draft, {
    ids: ['ask', 'remind'],
    places: new Map([['ask', { x: 5, y: 6 }]]),
  });
  const { blocks } = fromClip(text)!;
  expect(blocks['ask']).toEqual({ ...blocksOf(draft)['ask'], position: { x: 5, y: 6 } });
  const other = insertBlocks({ blocks: {} }, blocks, { at: { x: 0, y: 0 } });
  expect(waysOf(other.draft)).toEqual(['start>ask', 'ask.no>remind']);
});

test.each([
  'hello',
  '{}',
  '[]',
  '{"perennial_blocks":2,"blocks":{"a":{}}}',
  '{"perennial_blocks":1,"blocks":[]}',
  '{"perennial_blocks":1,"blocks":{"1 2":{},"b":3}}',
])('%s holds no blocks', (text) => {
  expect(fromClip(text)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { fromClip, toClip } from './clip.ts';
import { blocksOf } from './draft.ts';
import { insertBlocks, whyNotOn } from './insert-blocks.ts';
import { pasteClip } from './paste-clip.ts';
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

/** Asks again and again, until an answer goes on. */
function askingLoop(goesOn: 'yes' | 'no', stays: 'yes' | 'no') {
  return {
    first: 'before',
    blocks: {
      pause: { type: 'timer', exits: { next: 'ask' } },
      before: { type: 'checkpoint', exits: { next: 'ask' } },
      ask: { type: 'if', exits: { [goesOn]: 'done', [stays]: 'pause' } },
      done: { type: 'end', exits: {} },
    },
  };
}

test.each([
  ['its usual exit', 'yes', 'no'],
  ['its only other exit', 'no', 'yes'],
] as const)(
  'a loop goes onto an edge: in where others led to it, out by %s',
  (_what, goesOn, stays) => {
    const clip = fromClip(
      toClip(askingLoop(goesOn, stays), { ids: ['pause', 'ask'], places: new Map() }),
    )!;
    const way = { source: 'greet', exit: 'next' };
    expect(whyNotOn(draft, clip, way)).toBeUndefined();
    const { draft: after } = pasteClip(draft, clip, { spot: { way }, middle: { x: 0, y: 0 } });
    expect(waysOf(after)).toEqual(
      expect.arrayContaining([
        'greet.next>if_1',
        `if_1.${stays}>pause`,
        'pause.next>if_1',
        `if_1.${goesOn}>ask`,
      ]),
    );
  },
);

test('a loop that is entered nowhere or twice says so', () => {
  const loop = askingLoop('yes', 'no');
  const way = { source: 'greet', exit: 'next' };
  const why = (from: object) =>
    whyNotOn(
      draft,
      fromClip(toClip(from as never, { ids: ['pause', 'ask'], places: new Map() }))!,
      way,
    );
  const { before: _, ...loose } = loop.blocks;
  expect(why({ blocks: loose })).toEqual({ problem: 'in', at: [] });
  const again = { type: 'checkpoint', exits: { next: 'pause' } };
  expect(why({ ...loop, blocks: { ...loop.blocks, again } })).toEqual({
    problem: 'in',
    at: ['pause', 'ask'],
  });
});

import { expect, test } from 'vitest';
import { START } from '../graph.ts';
import { BLOCK_HEIGHT } from '../layout.ts';
import { blocksOf, START_WAY } from './draft.ts';
import { duplicateBlocks, insertBlock, insertBlocks, pick, whyNotOn } from './insert-blocks.ts';
import { newBlock } from './new-block.ts';
import { placeOf } from './places.ts';
import { waysOf, welcomeDraft } from './test-draft.ts';

const draft = welcomeDraft();
const onAsk = (exit: string) => ({ way: { source: 'ask', exit } });

test('a block put on an edge leads on to where the edge led', () => {
  const { draft: after, ids } = insertBlock(draft, newBlock('timer'), onAsk('no'));
  expect(ids).toEqual(['timer_1']);
  expect(waysOf(after)).toEqual(
    expect.arrayContaining(['ask.no>timer_1', 'timer_1.next>remind', 'ask.yes>done']),
  );
});

test('a condition put on an edge leads on by its first exit', () => {
  const { draft: after } = insertBlock(draft, newBlock('if'), { way: START_WAY });
  expect(waysOf(after)).toEqual(expect.arrayContaining(['start>if_1', 'if_1.yes>greet']));
});

test('an end put on an edge ends the way there', () => {
  const { draft: after } = insertBlock(draft, newBlock('end'), onAsk('no'));
  expect(waysOf(after)).toContain('ask.no>end_1');
  expect(Object.keys(blocksOf(after))).toContain('remind');
});

test('a block put at a free exit ends there', () => {
  const { draft: after } = insertBlock(draft, newBlock('email'), {
    way: { source: 'remind', exit: 'failed' },
  });
  expect(waysOf(after)).toContain('remind.failed>email_1');
  expect(blocksOf(after)['email_1']).toEqual({ type: 'email', exits: {} });
});

test('the first block of an empty draft is where runs begin', () => {
  const { draft: after } = insertBlock({ blocks: {} }, newBlock('email'), { at: { x: 0, y: 0 } });
  expect(waysOf(after)).toEqual(['start>email_1']);
});

test('copies have new IDs, keep the exits among them and what they mention of one another', () => {
  const blocks = pick(draft, ['greet', 'ask']);
  const { draft: after, ids } = insertBlocks(draft, blocks, { at: { x: 0, y: 0 } });
  expect(ids).toEqual(['email_1', 'if_1']);
  expect(waysOf(after)).toEqual(expect.arrayContaining([...waysOf(draft), 'email_1.next>if_1']));
  expect(blocksOf(after)['if_1']).toMatchObject({ condition: { block: 'email_1' }, exits: {} });
});

test('a chain put on an edge leads on from its last block', () => {
  const chain = {
    a: { type: 'timer', exits: { next: 'b' } },
    b: { type: 'email', exits: { next: 'elsewhere' } },
  };
  const { draft: after } = insertBlocks(draft, chain, onAsk('yes'));
  expect(waysOf(after)).toEqual(expect.arrayContaining(['ask.yes>a', 'a.next>b', 'b.next>done']));
});

test('a chain of which one branch ends leads on from the other', () => {
  const chain = {
    ask: { type: 'if', exits: { yes: 'bye', no: 'write' } },
    write: { type: 'sms', exits: {} },
    bye: { type: 'end', exits: {} },
  };
  const { draft: after, ids } = insertBlocks(draft, chain, onAsk('yes'));
  expect(ids[0]).toBe('if_1');
  expect(waysOf(after)).toEqual(
    expect.arrayContaining(['ask.yes>if_1', 'if_1.yes>bye', 'if_1.no>write', 'write.next>done']),
  );
});

test.each<[string, string[], string, object | undefined]>([
  ['a chain', ['greet', 'ask'], 'no', undefined],
  [
    'two that are not connected',
    ['greet', 'remind'],
    'no',
    { problem: 'in', at: ['greet', 'remind'] },
  ],
  ['one that ends', ['done'], 'no', { problem: 'out', at: [] }],
  ['what goes on nowhere', ['remind', 'done'], 'no', { problem: 'out', at: [] }],
  [
    'two that are not connected, at a free exit,',
    ['greet', 'remind'],
    'else',
    { problem: 'in', at: ['greet', 'remind'] },
  ],
  ['what ends, at a free exit,', ['remind', 'done'], 'else', undefined],
])('%s may be put there, or says why not', (_what, ids, exit, why) => {
  expect(whyNotOn(draft, { blocks: pick(draft, ids) }, onAsk(exit).way)).toEqual(why);
});

test('IDs that are free are kept, so that what was cut comes back as it was', () => {
  const { ids } = insertBlocks({ blocks: {} }, pick(draft, ['remind']), { at: { x: 0, y: 0 } });
  expect(ids).toEqual(['remind']);
});

test('a copy of one block follows it', () => {
  const { draft: after } = duplicateBlocks(draft, ['greet']);
  expect(waysOf(after)).toEqual(expect.arrayContaining(['greet.next>email_1', 'email_1.next>ask']));
});

test('a copy of an end stands by itself, and of nothing is nothing', () => {
  expect(waysOf(duplicateBlocks(draft, ['done']).draft)).toEqual(waysOf(draft));
  expect(duplicateBlocks(draft, ['done']).ids).toEqual(['end_1']);
  expect(duplicateBlocks(draft, ['nobody']).draft).toBe(draft);
});

test('where blocks have places, a new one stands on its way and what follows makes room', () => {
  const placed = welcomeDraft(true);
  const { draft: after } = insertBlock(placed, newBlock('timer'), {
    way: { source: 'greet', exit: 'next' },
  });
  expect(placeOf(after, 'timer_1')).toEqual({ x: 0, y: 176 });
  for (const id of ['ask', 'remind', 'done']) {
    expect(placeOf(after, id)!.y).toBe(placeOf(placed, id)!.y + 176);
  }
  expect(placeOf(after, 'greet')).toEqual({ x: 0, y: 0 });
});

test('a new first block takes the place of the former one', () => {
  const { draft: after } = insertBlock(welcomeDraft(true), newBlock('timer'), {
    way: { source: START, exit: 'next' },
  });
  expect(placeOf(after, 'timer_1')).toEqual({ x: 0, y: 0 });
  expect(placeOf(after, 'greet')!.y).toBeGreaterThanOrEqual(BLOCK_HEIGHT);
});

test('where blocks have places, no new one covers another', () => {
  let placed = welcomeDraft(true);
  for (let n = 0; n < 4; n += 1) {
    placed = insertBlock(placed, newBlock('email'), { at: { x: 10, y: 10 } }).draft;
  }
  const places = Object.keys(blocksOf(placed)).map((id) => placeOf(placed, id)!);
  const corners = new Set(places.map(({ x, y }) => `${x} ${y}`));
  expect(corners.size).toBe(8);
});

test('where blocks have no places, new ones have none', () => {
  const block = { ...newBlock('timer'), position: { x: 7, y: 7 } };
  const { draft: after } = insertBlock(draft, block, onAsk('no'));
  expect(blocksOf(after)['timer_1']).not.toHaveProperty('position');
});

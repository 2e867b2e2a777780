import { expect, test } from 'vitest';
import { checkDraft } from './check-draft.ts';
import { disconnect } from './edit/connect.ts';
import { START_WAY, withMember } from './edit/draft.ts';
import { insertBlock } from './edit/insert-blocks.ts';
import { newBlock } from './edit/new-block.ts';
import { welcomeDraft } from './edit/test-draft.ts';

const draft = {
  ...welcomeDraft(),
  blocks: {
    ...(welcomeDraft()['blocks'] as object),
    ask: { type: 'if', condition: { all: [] }, exits: { yes: 'done', no: 'remind' } },
  },
};
const blocksOf = (problems: ReturnType<typeof checkDraft>) => problems.map(({ block }) => block);

test('a draft that is whole has no problems of its own', () => {
  expect(checkDraft(draft)).toEqual([]);
});

test('a new block says what it lacks', () => {
  const { draft: after } = insertBlock(draft, newBlock('email'), { way: START_WAY });
  expect(checkDraft(after)).toMatchObject([{ block: 'email_1', path: '/blocks/email_1/message' }]);
});

test('a block to which nothing leads is told, whatever else is unfinished', () => {
  const cut = disconnect(draft, { source: 'ask', exit: 'no' });
  expect(blocksOf(checkDraft(cut))).toEqual(['remind']);
  const { draft: both } = insertBlock(cut, newBlock('email'), { way: START_WAY });
  expect(blocksOf(checkDraft(both))).toEqual(['email_1', 'remind']);
});

test('an empty draft lacks its first block', () => {
  const empty = withMember({ ...draft, blocks: {} }, 'first', undefined);
  expect(checkDraft(empty)).toMatchObject([{ path: '/first' }]);
});

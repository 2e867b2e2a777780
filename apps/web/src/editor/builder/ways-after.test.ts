import { expect, test } from 'vitest';
import { disconnect } from '../edit/connect.ts';
import { START_WAY } from '../edit/draft.ts';
import { welcomeDraft } from '../edit/test-draft.ts';
import { START } from '../graph.ts';
import { firstOpenWay, waysAfter } from './ways-after.ts';

const draft = welcomeDraft();
const exits = (id: string, of = draft) => waysAfter(of, id).map(({ exit }) => exit);

test('after a block comes what its free exits lead to, failures last', () => {
  expect(exits('greet')).toEqual(['next', 'failed']);
  expect(exits('ask')).toEqual(['yes', 'no']);
  expect(exits('ask', disconnect(draft, { source: 'ask', exit: 'no' }))).toEqual(['no', 'yes']);
});

test('a block that ends has only the way into it', () => {
  expect(waysAfter(draft, 'done')).toEqual([{ source: 'ask', exit: 'yes' }]);
  expect(waysAfter(draft, START)).toEqual([START_WAY]);
  expect(waysAfter(draft, 'nobody')).toEqual([]);
});

test('the first open end is found along the way, failures aside', () => {
  expect(firstOpenWay({ blocks: {} })).toEqual(START_WAY);
  expect(firstOpenWay(draft)).toBeUndefined();
  const open = disconnect(draft, { source: 'remind', exit: 'next' });
  expect(firstOpenWay(open)).toEqual({ source: 'remind', exit: 'next' });
});

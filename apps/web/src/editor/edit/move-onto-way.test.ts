import { expect, test } from 'vitest';
import { START } from '../graph.ts';
import { blocksOf, START_WAY, type Draft } from './draft.ts';
import { moveOnto, takersOf } from './move-onto-way.ts';
import { placeOf, ROW } from './places.ts';
import { waysOf, welcomeDraft } from './test-draft.ts';

const draft = welcomeDraft();

test('a block moved onto an edge leads to where the edge led, and what it left closes', () => {
  const after = moveOnto(draft, 'remind', START_WAY);
  expect(waysOf(after).sort()).toEqual(
    ['ask.no>done', 'ask.yes>done', 'greet.next>ask', 'remind.next>greet', 'start>remind'].sort(),
  );
  expect(blocksOf(after)['remind']).toMatchObject({ type: 'sms', message: '2' });
});

test('a block that nothing leads to is put on an edge as well', () => {
  const loose = { ...blocksOf(draft), pause: { type: 'timer', note: 'Rest', exits: {} } };
  const after = moveOnto({ ...draft, blocks: loose }, 'pause', { source: 'ask', exit: 'yes' });
  expect(waysOf(after)).toEqual(expect.arrayContaining(['ask.yes>pause', 'pause.next>done']));
  expect(blocksOf(after)['pause']).toMatchObject({ note: 'Rest' });
});

test('a condition takes its other exits along', () => {
  const after = moveOnto(draft, 'ask', START_WAY);
  expect(waysOf(after).sort()).toEqual(
    ['ask.no>remind', 'ask.yes>greet', 'greet.next>done', 'remind.next>done', 'start>ask'].sort(),
  );
});

test.each<[string, string, { source: string; exit: string }]>([
  ['its own edge', 'greet', { source: 'greet', exit: 'next' }],
  ['the edge that leads to it', 'greet', START_WAY],
  ['an edge behind its other exits', 'ask', { source: 'remind', exit: 'next' }],
  ['a free exit', 'greet', { source: 'remind', exit: 'failed' }],
])('a block does not go onto %s', (_where, id, way) => {
  expect(takersOf(draft, id)(way)).toBe(false);
  expect(moveOnto(draft, id, way)).toBe(draft);
});

test('a block that ends runs goes onto no edge', () => {
  expect(takersOf(draft, 'done')({ source: 'greet', exit: 'next' })).toBe(false);
});

test('two blocks in a row change places', () => {
  const chain: Draft = {
    first: 'a',
    blocks: {
      a: { type: 'timer', exits: { next: 'b' } },
      b: { type: 'email', exits: { next: 'c' } },
      c: { type: 'end', exits: {} },
    },
  };
  const after = moveOnto(chain, 'a', { source: 'b', exit: 'next' });
  expect(waysOf(after).sort()).toEqual(['a.next>c', 'b.next>a', 'start>b']);
  expect(waysOf(moveOnto(chain, 'b', { source: START, exit: 'next' })).sort()).toEqual(
    ['a.next>c', 'b.next>a', 'start>b'].sort(),
  );
});

test('where blocks have places, the block stands on the way and what follows makes room', () => {
  const after = moveOnto(welcomeDraft(true), 'remind', { source: 'greet', exit: 'next' });
  expect(placeOf(after, 'remind')).toEqual({ x: 0, y: ROW });
  expect(placeOf(after, 'ask')).toEqual({ x: 0, y: 2 * ROW });
});

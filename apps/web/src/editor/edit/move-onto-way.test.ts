import { expect, test } from 'vitest';
import { START } from '../graph.ts';
import { blocksOf, START_WAY, type Draft } from './draft.ts';
import { chainThere, moveOnto, strangersTo, takersOf } from './move-onto-way.ts';
import { placeOf, ROW } from './places.ts';
import { waysOf, welcomeDraft } from './test-draft.ts';

const draft = welcomeDraft();

test('a block moved onto an edge leads to where the edge led, and what it left closes', () => {
  const after = moveOnto(draft, ['remind'], START_WAY);
  expect(waysOf(after).sort()).toEqual(
    ['ask.no>done', 'ask.yes>done', 'greet.next>ask', 'remind.next>greet', 'start>remind'].sort(),
  );
  expect(blocksOf(after)['remind']).toMatchObject({ type: 'sms', message: '2' });
});

test('a block that nothing leads to is put on an edge as well', () => {
  const loose = { ...blocksOf(draft), pause: { type: 'timer', note: 'Rest', exits: {} } };
  const after = moveOnto({ ...draft, blocks: loose }, ['pause'], { source: 'ask', exit: 'yes' });
  expect(waysOf(after)).toEqual(expect.arrayContaining(['ask.yes>pause', 'pause.next>done']));
  expect(blocksOf(after)['pause']).toMatchObject({ note: 'Rest' });
});

test('a condition takes its other exits along', () => {
  const after = moveOnto(draft, ['ask'], START_WAY);
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
  expect(takersOf(draft, [id])(way)).toBe(false);
  expect(moveOnto(draft, [id], way)).toBe(draft);
});

test('a block that ends runs goes onto no edge', () => {
  expect(takersOf(draft, ['done'])({ source: 'greet', exit: 'next' })).toBe(false);
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
  const after = moveOnto(chain, ['a'], { source: 'b', exit: 'next' });
  expect(waysOf(after).sort()).toEqual(['a.next>c', 'b.next>a', 'start>b']);
  expect(waysOf(moveOnto(chain, ['b'], { source: START, exit: 'next' })).sort()).toEqual(
    ['a.next>c', 'b.next>a', 'start>b'].sort(),
  );
});

test('where blocks have places, the block stands on the way and what follows makes room', () => {
  const after = moveOnto(welcomeDraft(true), ['remind'], { source: 'greet', exit: 'next' });
  expect(placeOf(after, 'remind')).toEqual({ x: 0, y: ROW });
  expect(placeOf(after, 'ask')).toEqual({ x: 0, y: 2 * ROW });
});

const longer: Draft = {
  first: 'a',
  blocks: {
    a: { type: 'timer', exits: { next: 'b' } },
    b: { type: 'email', exits: { next: 'c', failed: 'rest' } },
    c: { type: 'if', exits: { yes: 'd', no: 'rest' } },
    d: { type: 'sms', exits: { next: 'done' } },
    rest: { type: 'email', exits: { next: 'done' } },
    done: { type: 'end', exits: {} },
  },
};

test('a chain moved onto an edge stays as it is, and takes its other exits along', () => {
  const after = moveOnto(longer, ['c', 'b'], START_WAY);
  expect(waysOf(after).sort()).toEqual(
    [
      'start>b',
      'b.next>c',
      'b.failed>rest',
      'c.yes>a',
      'c.no>rest',
      'a.next>d',
      'd.next>done',
      'rest.next>done',
    ].sort(),
  );
});

test('a chain goes onto no edge of its own, nor behind its other exits', () => {
  const takes = takersOf(longer, ['b', 'c']);
  expect(takes({ source: 'd', exit: 'next' })).toBe(true);
  for (const way of [
    { source: 'a', exit: 'next' },
    { source: 'b', exit: 'next' },
    { source: 'c', exit: 'yes' },
    { source: 'rest', exit: 'next' },
  ]) {
    expect(takes(way)).toBe(false);
    expect(moveOnto(longer, ['b', 'c'], way)).toBe(longer);
  }
});

test('a loop is a chain where others lead to one of its blocks', () => {
  const loop: Draft = {
    first: 'before',
    blocks: {
      pause: { type: 'timer', exits: { next: 'ask' } },
      before: { type: 'checkpoint', exits: { next: 'ask' } },
      ask: { type: 'if', exits: { yes: 'done', no: 'pause' } },
      done: { type: 'end', exits: {} },
    },
  };
  const after = moveOnto(loop, ['pause', 'ask'], START_WAY);
  expect(waysOf(after).sort()).toEqual(
    ['start>ask', 'ask.yes>before', 'ask.no>pause', 'pause.next>ask', 'before.next>done'].sort(),
  );
});

test('what is entered or left at two blocks stays, and says where', () => {
  expect(chainThere(longer, ['b', 'd'])).toEqual({ problem: 'in', at: ['b', 'd'] });
  expect(chainThere(longer, ['a', 'b', 'c', 'd', 'rest'])).toEqual({
    problem: 'out',
    at: ['d', 'rest'],
  });
  const ending: Draft = {
    first: 'a',
    blocks: { a: { type: 'timer', exits: { next: 'b' } }, b: { type: 'end', exits: {} } },
  };
  expect(chainThere(ending, ['a', 'b'])).toEqual({ problem: 'out', at: [] });
  expect(strangersTo(longer, ['b', 'd'])({ source: 'rest', exit: 'next' })).toBe(true);
  expect(moveOnto(longer, ['b', 'd'], { source: 'rest', exit: 'next' })).toBe(longer);
});

test('where blocks have places, a chain keeps its shape and what follows makes room', () => {
  const placed = welcomeDraft(true);
  const loose = {
    one: { type: 'timer', exits: { next: 'two' }, position: { x: 900, y: 900 } },
    two: { type: 'timer', exits: {}, position: { x: 940, y: 900 + ROW } },
  };
  const draft: Draft = { ...placed, blocks: { ...blocksOf(placed), ...loose } };
  const after = moveOnto(draft, ['one', 'two'], { source: 'greet', exit: 'next' });
  expect(placeOf(after, 'one')).toEqual({ x: 0, y: ROW });
  expect(placeOf(after, 'two')).toEqual({ x: 40, y: 2 * ROW });
  expect(placeOf(after, 'ask')).toEqual({ x: 0, y: 3 * ROW });
});

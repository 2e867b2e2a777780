import { plainText } from '../../conditions/plain-text.ts';
import {
  canonicalText,
  checkDefinition,
  fieldCatalogue,
  isJsonObject,
} from '@perennial/conditions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardsOf, EMPTY_BOARD, letterOf, type Board } from './board.ts';
import { formulaOf } from './formula.ts';
import { readBoard } from './read-board.ts';
import { writeBoard } from './write-board.ts';

const city = (value: string) => ({ type: 'field', field: 'city', op: 'equals', value });
const [a, b, c, d] = [city('A'), city('B'), city('C'), city('D')];

const definition = (include: unknown, exclude?: unknown) => ({
  language: 1,
  include,
  ...(exclude === undefined ? {} : { exclude }),
});

function formula(board: Board): string {
  return formulaOf(board)
    .map((part) =>
      part.kind === 'card' ? (part.negated ? 'not ' : '') + part.letter : ` ${part.kind} `,
    )
    .join('')
    .replaceAll(' open ', '(')
    .replaceAll(' close ', ')');
}

/** Cards as the letters of their cities, to be looked at. */
function shape(board: Board): string {
  const one = (side: 'include' | 'exclude') =>
    board[side].cards
      .map(
        ({ match, negated, items }) =>
          `${negated ? '!' : ''}${match}(${items
            .map((item) => (item.negated ? '!' : '') + plainText(item.condition['value']))
            .join('')})`,
      )
      .join(' ');
  return `${one('include')} - ${one('exclude')}`;
}

describe('reading a definition as cards', () => {
  test.each<[string, unknown, unknown, string, string]>([
    ['one condition', a, undefined, 'all(A) - ', 'A'],
    ['its negation', { not: a }, undefined, 'all(!A) - ', 'A'],
    ['conditions that all hold', { all: [a, b] }, undefined, 'all(AB) - ', 'A'],
    ['any of them', { any: [a, b] }, undefined, 'any(AB) - ', 'A'],
    ['a negated card', { not: { any: [a, b] } }, undefined, '!any(AB) - ', 'not A'],
    ['not not', { not: { not: a } }, undefined, '!all(!A) - ', 'not A'],
    [
      'cards',
      { all: [{ all: [a] }, { any: [b, c] }] },
      { any: [{ all: [d] }, { all: [a] }] },
      'all(A) any(BC) - all(D) all(A)',
      'A and B without C or D',
    ],
    [
      'conditions beside a card',
      { all: [a, b, { any: [c, d] }] },
      undefined,
      'all(AB) any(CD) - ',
      'A and B',
    ],
    [
      'or within and',
      { all: [{ all: [a] }, { any: [{ all: [b] }, { all: [c, d] }] }] },
      undefined,
      'all(A) all(B) all(CD) - ',
      'A and (B or C)',
    ],
    [
      'and within or',
      { any: [{ all: [{ any: [a, b] }, { all: [c] }] }, { all: [d] }] },
      undefined,
      'any(AB) all(C) all(D) - ',
      '(A and B) or C',
    ],
  ])('%s', (_case, include, exclude, cards, line) => {
    const board = readBoard(definition(include, exclude))!;
    expect(shape(board)).toBe(cards);
    expect(formula(board)).toBe(line);
  });

  test.each<[string, unknown]>([
    ['a join of nothing beside a condition', { all: [a, { any: [] }] }],
    [
      'joins deeper than cards in groups',
      { all: [a, { any: [b, { all: [{ any: [c, d] }, a] }] }] },
    ],
    ['a negated group of cards', { not: { all: [{ any: [a, b] }, c] } }],
    ['three negations', { not: { not: { not: { all: [a, b] } } } }],
    ['a newer language', undefined],
  ])('%s is left to JSON', (_case, include) => {
    const input = include === undefined ? { language: 2, include: a } : definition(include);
    expect(readBoard(input)).toBeUndefined();
  });

  test.each([null, 5, 'x', [], {}, { language: 1 }, { language: 1, include: a, more: 1 }])(
    '%j is no board',
    (input) => {
      expect(readBoard(input)).toBeUndefined();
    },
  );
});

const leaf = fc.constantFrom(a, b, c, d);
const anyTree = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;

const fields = fieldCatalogue({});

function meaning(input: unknown): unknown {
  const checked = checkDefinition(input, { fields });
  if (!checked.ok) return undefined;
  const { include, exclude } = checked.value;
  return [canonicalText(include), exclude && canonicalText(exclude)];
}

test('any definition survives the way to cards and back, or stays JSON', () => {
  let shown = 0;
  fc.assert(
    fc.property(anyTree, fc.option(anyTree, { nil: undefined }), (include, exclude) => {
      const input = definition(include, exclude);
      fc.pre(meaning(input) !== undefined);
      const board = readBoard(input);
      if (!board) return;
      shown += 1;
      expect(meaning(writeBoard(board).definition)).toEqual(meaning(input));
    }),
    { numRuns: 2000, seed: 7 },
  );
  expect(shown).toBeGreaterThan(300);
});

/** Boards as the editor makes them, with cards that hold something. */
const anyColumn = fc
  .array(
    fc.record({
      match: fc.constantFrom('all' as const, 'any' as const),
      negated: fc.boolean(),
      items: fc.array(fc.record({ negated: fc.boolean(), condition: leaf }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .chain((cards) =>
    fc.record({
      cards: fc.constant(cards),
      joins: fc.array(fc.constantFrom('and' as const, 'or' as const), {
        minLength: cards.length - 1,
        maxLength: cards.length - 1,
      }),
      first: fc.constantFrom('and' as const, 'or' as const),
    }),
  );

function numbered(columns: unknown): Board {
  let id = 0;
  return JSON.parse(JSON.stringify(columns), (_key, value: unknown) =>
    isJsonObject(value) && 'negated' in value ? { id: (id += 1), ...value } : value,
  ) as Board;
}

test('any board is read again with the same cards', () => {
  fc.assert(
    fc.property(fc.record({ include: anyColumn, exclude: anyColumn }), (columns) => {
      const board = numbered(columns);
      const again = readBoard(writeBoard(board).definition)!;
      expect(shape(again)).toBe(shape(board));
      expect(formula(again)).toBe(formula(board));
    }),
    { numRuns: 500 },
  );
});

test('a place of the definition leads to its condition', () => {
  const board = readBoard(definition({ all: [{ all: [a, { not: b }] }, { any: [c, d] }] }, a))!;
  const { itemAt } = writeBoard(board);
  const conditions = cardsOf(board).flatMap(({ items }) => items);
  const valueAt = (pointer: string) =>
    conditions.find(({ id }) => id === itemAt(pointer))?.condition['value'];
  expect(valueAt('/include/all/0/all/0/value')).toBe('A');
  expect(valueAt('/include/all/0/all/1/not/op')).toBe('B');
  expect(valueAt('/include/all/1/any/1')).toBe('D');
  expect(valueAt('/exclude/value')).toBe('A');
  expect(itemAt('/include/all')).toBeUndefined();
  expect(itemAt('')).toBeUndefined();
});

test('cards without conditions are not written', () => {
  const board = readBoard(definition({ all: [{ all: [a] }, { all: [b] }, { all: [c] }] }))!;
  const emptied = {
    ...board,
    include: {
      ...board.include,
      joins: ['and', 'or'] as const,
      cards: board.include.cards.map((card, n) => (n === 1 ? { ...card, items: [] } : card)),
    },
  };
  expect(writeBoard(emptied).definition['include']).toEqual({ any: [{ all: [a] }, { all: [c] }] });
  const nothing = writeBoard(EMPTY_BOARD).definition;
  expect(nothing).toEqual({ language: 1, include: { all: [] } });
  expect(readBoard(nothing)).toEqual(EMPTY_BOARD);
});

test('cards are lettered like columns of a sheet', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letterOf)).toEqual([
    'A',
    'Z',
    'AA',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
  ]);
});

import { plainText } from '../../conditions/plain-text.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as commands from './board-commands.ts';
import { cardsOf, EMPTY_BOARD, type Board, type Side } from './board.ts';
import { record, redo, startHistory, undo } from './history.ts';
import { readBoard } from './read-board.ts';
import { writeBoard } from './write-board.ts';

const of = (value: string) => ({ type: 'field', field: 'city', op: 'equals', value });

/** Cards A (1: a, b) and B (c) in include, C (d) in exclude. */
const board = readBoard({
  language: 1,
  include: { all: [{ all: [of('a'), of('b')] }, { all: [of('c')] }] },
  exclude: of('d'),
})!;

function text(of: Board): string {
  const side = (name: Side) =>
    of[name].cards
      .map(({ items, match, negated }, n) => {
        const inside = items.map(
          (item) => `${item.negated ? '!' : ''}${plainText(item.condition['value'])}`,
        );
        const join = n > 0 ? `${of[name].joins[n - 1]} ` : '';
        return `${join}${negated ? '!' : ''}${match === 'any' ? '?' : ''}[${inside.join(' ')}]`;
      })
      .join(' ');
  return `${side('include')} - ${side('exclude')}`;
}

const item = (value: string) =>
  cardsOf(board)
    .flatMap(({ items }) => items)
    .find(({ condition }) => condition['value'] === value)!.id;
const card = (n: number) => cardsOf(board)[n]!.id;

describe('commands', () => {
  test.each<[string, Board, string]>([
    ['nothing', board, '[a b] and [c] - [d]'],
    [
      'a card is added with a condition',
      commands.addCard(board, 'include', of('e')),
      '[a b] and [c] and [e] - [d]',
    ],
    [
      'more are left out by either',
      commands.addCard(board, 'exclude', of('e')),
      '[a b] and [c] - [d] or [e]',
    ],
    ['a first card has no join', commands.addCard(EMPTY_BOARD, 'include', of('e')), '[e] - '],
    [
      'a card is removed with the join before it',
      commands.removeCard(board, card(1)),
      '[a b] - [d]',
    ],
    ['the first card with the join after it', commands.removeCard(board, card(0)), '[c] - [d]'],
    ['a card moves down', commands.stepCard(board, card(0), 1), '[c] and [a b] - [d]'],
    ['a card moves up', commands.stepCard(board, card(1), -1), '[c] and [a b] - [d]'],
    ['the last does not move down', commands.stepCard(board, card(1), 1), '[a b] and [c] - [d]'],
    [
      'a card moves to the other column',
      commands.moveCard(board, card(1), { side: 'exclude', index: 0 }),
      '[a b] - [c] or [d]',
    ],
    [
      'a card is duplicated',
      commands.duplicateCard(board, card(0)),
      '[a b] and [a b] and [c] - [d]',
    ],
    ['any of a card', commands.setMatch(board, card(0), 'any'), '?[a b] and [c] - [d]'],
    ['not a card', commands.negateCard(board, card(0)), '![a b] and [c] - [d]'],
    ['a join is turned', commands.toggleJoin(board, 'include', 0), '[a b] or [c] - [d]'],
    ['a condition is added', commands.addItem(board, card(1), of('e')), '[a b] and [c e] - [d]'],
    [
      'a condition is changed',
      commands.setCondition(board, item('b'), of('e')),
      '[a e] and [c] - [d]',
    ],
    ['a condition is negated', commands.negateItem(board, item('b')), '[a !b] and [c] - [d]'],
    ['a condition is removed', commands.removeItem(board, item('a')), '[b] and [c] - [d]'],
    ['the last of a card takes it along', commands.removeItem(board, item('c')), '[a b] - [d]'],
    [
      'a condition is duplicated',
      commands.duplicateItem(board, item('a')),
      '[a a b] and [c] - [d]',
    ],
    ['a condition moves down', commands.stepItem(board, item('a'), 1), '[b a] and [c] - [d]'],
    ['into the next card', commands.stepItem(board, item('b'), 1), '[a] and [b c] - [d]'],
    ['into the card before', commands.stepItem(board, item('c'), -1), '[a b c] - [d]'],
    ['the first does not move up', commands.stepItem(board, item('a'), -1), '[a b] and [c] - [d]'],
    [
      'a condition moves to another card',
      commands.moveItem(board, item('d'), { card: card(0), index: 1 }),
      '[a d b] and [c] - ',
    ],
    [
      'a condition becomes a card',
      commands.moveItemToNewCard(board, item('a'), 'exclude'),
      '[b] and [c] - [d] or [a]',
    ],
    [
      'so does the only one of a card',
      commands.moveItemToNewCard(board, item('c'), 'exclude'),
      '[a b] - [d] or [c]',
    ],
  ])('%s', (_case, changed, expected) => {
    expect(text(changed)).toBe(expected);
  });

  test('brackets are set', () => {
    const three = commands.toggleJoin(commands.addCard(board, 'include', of('e')), 'include', 1);
    const joined = (by: Board) => writeBoard(by).definition['include'];
    expect(joined(three)).toMatchObject({ any: [{ all: [{}, {}] }, { all: [of('e')] }] });
    expect(joined(commands.setFirst(three, 'include', 'or'))).toMatchObject({
      all: [{ all: [of('a'), of('b')] }, { any: [{}, {}] }],
    });
  });
});

const anyCommand = fc.tuple(
  fc.nat(13),
  fc.nat(9),
  fc.nat(5),
  fc.constantFrom<Side>('include', 'exclude'),
);

function apply(on: Board, [kind, pick, index, side]: [number, number, number, Side]): Board {
  const cards = cardsOf(on);
  const items = cards.flatMap((each) => each.items);
  const cardId = cards[pick % Math.max(1, cards.length)]?.id ?? 0;
  const itemId = items[pick % Math.max(1, items.length)]?.id ?? 0;
  const joins = on[side].joins.length;
  const all: ((on: Board) => Board)[] = [
    (b) => commands.addCard(b, side, of('n')),
    (b) => commands.removeCard(b, cardId),
    (b) => commands.moveCard(b, cardId, { side, index: Math.min(index, b[side].cards.length) }),
    (b) => commands.duplicateCard(b, cardId),
    (b) => commands.negateCard(b, cardId),
    (b) => (joins > 0 ? commands.toggleJoin(b, side, index % joins) : b),
    (b) => commands.addItem(b, cardId, of('n')),
    (b) => commands.removeItem(b, itemId),
    (b) => commands.moveItem(b, itemId, { card: cardId, index }),
    (b) => commands.moveItemToNewCard(b, itemId, side),
    (b) => commands.duplicateItem(b, itemId),
    (b) => commands.stepItem(b, itemId, index % 2 === 0 ? 1 : -1),
    (b) => commands.stepCard(b, cardId, index % 2 === 0 ? 1 : -1),
    (b) => commands.setMatch(b, cardId, 'any'),
  ];
  return all[kind]!(on);
}

test('after any commands every id is one, every join between two cards, and undoing leads back', () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 30 }), (some) => {
      const boards = [board];
      let history = startHistory(board);
      for (const command of some) {
        const next = apply(history.present, command);
        history = record(history, next);
        if (next !== boards.at(-1)) boards.push(next);
        const ids = cardsOf(next).flatMap(({ id, items }) => [id, ...items.map((each) => each.id)]);
        expect(new Set(ids).size).toBe(ids.length);
        for (const side of ['include', 'exclude'] as const) {
          expect(next[side].joins).toHaveLength(Math.max(0, next[side].cards.length - 1));
        }
      }
      const last = history.present;
      for (const before of boards.slice(0, -1).toReversed()) {
        history = undo(history);
        expect(history.present).toBe(before);
      }
      for (let n = 1; n < boards.length; n += 1) history = redo(history);
      expect(history.present).toBe(last);
    }),
  );
});

describe('history', () => {
  test('changes about the same are one step', () => {
    const typed = record(record(record(startHistory('a'), 'b', 'name'), 'c', 'name'), 'd', 'value');
    expect(undo(typed).present).toBe('c');
    expect(undo(undo(typed)).present).toBe('a');
    expect(undo(undo(undo(typed))).present).toBe('a');
  });

  test('a change after undoing forgets what was to come', () => {
    const changed = record(undo(record(startHistory('a'), 'b')), 'c');
    expect(redo(changed).present).toBe('c');
    expect(undo(changed).present).toBe('a');
  });

  test('after undoing, the same subject is a step of its own', () => {
    const history = undo(record(record(startHistory('a'), 'b', 'x'), 'c', 'y'));
    expect(undo(record(history, 'd', 'x')).present).toBe('b');
  });
});

import type { JsonObject } from '@perennial/conditions';

/** How cards, or conditions of a card, are joined. */
export type Join = 'and' | 'or';

/** A condition on a card. What it says may be unfinished: the check tells what is missing. */
export interface Item {
  readonly id: number;
  readonly negated: boolean;
  readonly condition: JsonObject;
}

/** Some conditions of which all or any must hold; negated, the contrary. */
export interface Card {
  readonly id: number;
  readonly match: 'all' | 'any';
  readonly negated: boolean;
  readonly items: readonly Item[];
}

/** Cards in a row: `joins[n]` stands between card n and card n + 1. */
export interface Column {
  readonly cards: readonly Card[];
  readonly joins: readonly Join[];
  /** What is done first where both joins stand: `and` makes "(A and B) or C". */
  readonly first: Join;
}

export type Side = 'include' | 'exclude';

export const SIDES: readonly Side[] = ['include', 'exclude'];

/** A segment's rule as cards: those of `include` without those of `exclude`. */
export type Board = Readonly<Record<Side, Column>>;

const EMPTY_COLUMN: Column = { cards: [], joins: [], first: 'and' };

export const EMPTY_BOARD: Board = { include: EMPTY_COLUMN, exclude: EMPTY_COLUMN };

/** How a further card is joined: more cards narrow whom a segment takes and widen whom it leaves out. */
export const USUAL_JOIN: Readonly<Record<Side, Join>> = { include: 'and', exclude: 'or' };

/** All cards, those of `include` first: the order in which they are lettered. */
export function cardsOf(board: Board): readonly Card[] {
  return SIDES.flatMap((side) => board[side].cards);
}

/** The first number that no card and no condition bears. */
export function freshId(board: Board): number {
  const ids = cardsOf(board).flatMap(({ id, items }) => [id, ...items.map((item) => item.id)]);
  return Math.max(0, ...ids) + 1;
}

/** A, B, ... Z, AA, AB, ... */
export function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** The groups of cards that are joined first, in order. */
export function groupsOf({ cards, joins, first }: Column): readonly (readonly Card[])[] {
  return cards.reduce<Card[][]>((groups, card, index) => {
    const group = groups.at(-1);
    if (group && joins[index - 1] === first) group.push(card);
    else groups.push([card]);
    return groups;
  }, []);
}

/** True where both joins stand, so that the order in which they are done matters. */
export function isMixed({ joins }: Column): boolean {
  return joins.includes('and') && joins.includes('or');
}

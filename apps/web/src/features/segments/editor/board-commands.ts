import type { JsonObject } from '@perennial/conditions';
import {
  freshId,
  SIDES,
  USUAL_JOIN,
  type Board,
  type Card,
  type Column,
  type Item,
  type Join,
  type Side,
} from './board.ts';

/** Where something stands or is put: at `index` of a column, or of a card. */
export interface CardPlace {
  readonly side: Side;
  readonly index: number;
}
export interface ItemPlace {
  readonly card: number;
  readonly index: number;
}

/** The column and the place of a card. */
export function placeOfCard(board: Board, id: number): CardPlace | undefined {
  for (const side of SIDES) {
    const index = board[side].cards.findIndex((card) => card.id === id);
    if (index >= 0) return { side, index };
  }
  return undefined;
}

/** The card and the place of a condition. */
export function placeOfItem(board: Board, id: number): ItemPlace | undefined {
  for (const { id: card, items } of SIDES.flatMap((side) => board[side].cards)) {
    const index = items.findIndex((item) => item.id === id);
    if (index >= 0) return { card, index };
  }
  return undefined;
}

export function findCard(board: Board, id: number): Card | undefined {
  const place = placeOfCard(board, id);
  return place && board[place.side].cards[place.index];
}

export function findItem(board: Board, id: number): Item | undefined {
  const place = placeOfItem(board, id);
  return place && findCard(board, place.card)?.items[place.index];
}

/** A new card with this condition, at the end of the column. */
export function addCard(board: Board, side: Side, condition: JsonObject): Board {
  const id = freshId(board);
  const item = { id: id + 1, negated: false, condition };
  const card: Card = { id, match: 'all', negated: false, items: [item] };
  return insertCard(board, card, { side, index: board[side].cards.length });
}

export function removeCard(board: Board, id: number): Board {
  const place = placeOfCard(board, id);
  if (!place) return board;
  const { cards, joins, first } = board[place.side];
  const column = {
    first,
    cards: cards.toSpliced(place.index, 1),
    joins: joins.toSpliced(Math.max(0, place.index - 1), 1),
  };
  return { ...board, [place.side]: column };
}

/** Puts a card elsewhere; `index` counts the places as they were before. */
export function moveCard(board: Board, id: number, to: CardPlace): Board {
  const from = placeOfCard(board, id);
  const card = findCard(board, id);
  if (!from || !card) return board;
  const isAfter = from.side === to.side && to.index > from.index;
  const index = isAfter ? to.index - 1 : to.index;
  if (from.side === to.side && from.index === index) return board;
  const column = board[to.side];
  // Within a column the joins keep their places: only cards change theirs.
  if (from.side === to.side) {
    const cards = column.cards.toSpliced(from.index, 1).toSpliced(index, 0, card);
    return { ...board, [to.side]: { ...column, cards } };
  }
  return insertCard(removeCard(board, id), card, { side: to.side, index });
}

/** The same card once more, after itself. */
export function duplicateCard(board: Board, id: number): Board {
  const place = placeOfCard(board, id);
  const card = findCard(board, id);
  if (!place || !card) return board;
  const fresh = freshId(board);
  const items = card.items.map((item, n) => ({ ...item, id: fresh + 1 + n }));
  const copy = { ...card, id: fresh, items };
  return insertCard(board, copy, { side: place.side, index: place.index + 1 });
}

function insertCard(board: Board, card: Card, { side, index }: CardPlace): Board {
  const { cards, joins, first } = board[side];
  const at = Math.min(index, cards.length);
  const column: Column = {
    first,
    cards: cards.toSpliced(at, 0, card),
    joins: cards.length === 0 ? [] : joins.toSpliced(Math.max(0, at - 1), 0, USUAL_JOIN[side]),
  };
  return { ...board, [side]: column };
}

export function setMatch(board: Board, id: number, match: Card['match']): Board {
  return changeCard(board, id, (card) => ({ ...card, match }));
}

export function negateCard(board: Board, id: number): Board {
  return changeCard(board, id, (card) => ({ ...card, negated: !card.negated }));
}

/** Turns the join after the card at this place of the column. */
export function toggleJoin(board: Board, side: Side, index: number): Board {
  const { joins, ...column } = board[side];
  const turned = joins[index] === 'and' ? 'or' : 'and';
  return { ...board, [side]: { ...column, joins: joins.with(index, turned) } };
}

/** Says which join is done first where both stand. */
export function setFirst(board: Board, side: Side, first: Join): Board {
  return { ...board, [side]: { ...board[side], first } };
}

export function addItem(board: Board, card: number, condition: JsonObject): Board {
  const item = { id: freshId(board), negated: false, condition };
  return changeCard(board, card, ({ items, ...rest }) => ({ ...rest, items: [...items, item] }));
}

export function setCondition(board: Board, id: number, condition: JsonObject): Board {
  return changeItem(board, id, (item) => ({ ...item, condition }));
}

export function negateItem(board: Board, id: number): Board {
  return changeItem(board, id, (item) => ({ ...item, negated: !item.negated }));
}

/** Takes a condition away; a card that had no other goes with it. */
export function removeItem(board: Board, id: number): Board {
  const place = placeOfItem(board, id);
  return place ? withoutEmptied(takeItem(board, id), place.card) : board;
}

export function duplicateItem(board: Board, id: number): Board {
  const place = placeOfItem(board, id);
  const item = findItem(board, id);
  if (!place || !item) return board;
  return putItem(board, { ...item, id: freshId(board) }, { ...place, index: place.index + 1 });
}

/** Puts a condition elsewhere; `index` counts the places as they were before. */
export function moveItem(board: Board, id: number, to: ItemPlace): Board {
  const from = placeOfItem(board, id);
  const item = findItem(board, id);
  if (!from || !item || !findCard(board, to.card)) return board;
  const isAfter = from.card === to.card && to.index > from.index;
  const index = isAfter ? to.index - 1 : to.index;
  if (from.card === to.card && from.index === index) return board;
  const moved = putItem(takeItem(board, id), item, { card: to.card, index });
  return withoutEmptied(moved, from.card);
}

/** Makes a card of a condition, at the end of a column. */
export function moveItemToNewCard(board: Board, id: number, side: Side): Board {
  const from = placeOfItem(board, id);
  const item = findItem(board, id);
  if (!from || !item) return board;
  const card: Card = { id: freshId(board), match: 'all', negated: false, items: [item] };
  const taken = withoutEmptied(takeItem(board, id), from.card);
  return insertCard(taken, card, { side, index: taken[side].cards.length });
}

/** One place up or down, into the card before or after where the card ends. */
export function stepItem(board: Board, id: number, step: 1 | -1): Board {
  const place = placeOfItem(board, id);
  const card = place && placeOfCard(board, place.card);
  if (!place || !card) return board;
  const { items } = findCard(board, place.card)!;
  const index = place.index + step;
  if (index >= 0 && index < items.length) {
    return moveItem(board, id, { card: place.card, index: step > 0 ? index + 1 : index });
  }
  const next = board[card.side].cards[card.index + step];
  if (!next) return board;
  return moveItem(board, id, { card: next.id, index: step > 0 ? 0 : next.items.length });
}

/** One place up or down in its column. */
export function stepCard(board: Board, id: number, step: 1 | -1): Board {
  const place = placeOfCard(board, id);
  if (!place) return board;
  const index = place.index + step;
  if (index < 0 || index >= board[place.side].cards.length) return board;
  return moveCard(board, id, { side: place.side, index: step > 0 ? index + 1 : index });
}

function changeCard(board: Board, id: number, change: (card: Card) => Card): Board {
  const place = placeOfCard(board, id);
  if (!place) return board;
  const column = board[place.side];
  const cards = column.cards.with(place.index, change(column.cards[place.index]!));
  return { ...board, [place.side]: { ...column, cards } };
}

function changeItem(board: Board, id: number, change: (item: Item) => Item): Board {
  const place = placeOfItem(board, id);
  if (!place) return board;
  return changeCard(board, place.card, (card) => ({
    ...card,
    items: card.items.with(place.index, change(card.items[place.index]!)),
  }));
}

function takeItem(board: Board, id: number): Board {
  const place = placeOfItem(board, id)!;
  return changeCard(board, place.card, (card) => ({
    ...card,
    items: card.items.toSpliced(place.index, 1),
  }));
}

function putItem(board: Board, item: Item, { card: id, index }: ItemPlace): Board {
  return changeCard(board, id, (card) => ({
    ...card,
    items: card.items.toSpliced(index, 0, item),
  }));
}

function withoutEmptied(board: Board, id: number): Board {
  return findCard(board, id)?.items.length === 0 ? removeCard(board, id) : board;
}

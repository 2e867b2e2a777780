import { LANGUAGE, type Json, type JsonObject } from '@perennial/conditions';
import { groupsOf, type Board, type Card, type Column, type Item, type Join } from './board.ts';

/** A board as the segment language writes it. */
export interface Written {
  readonly definition: JsonObject;
  /** The condition that a JSON pointer of the definition leads to or into. */
  readonly itemAt: (pointer: string) => number | undefined;
}

/** Writes a board; cards without conditions say nothing and are left out. */
export function writeBoard(board: Board): Written {
  const items = new Map<unknown, number>();
  const include = writeColumn(filled(board.include), items);
  const exclude = writeColumn(filled(board.exclude), items);
  const definition: JsonObject = {
    language: LANGUAGE,
    include: include ?? { all: [] },
    ...(exclude && { exclude }),
  };
  return { definition, itemAt: (pointer) => findItem(definition, pointer, items) };
}

/** A column without its empty cards, each gone with the join before it. */
function filled(column: Column): Column {
  const kept = column.cards.flatMap((card, index) => (card.items.length > 0 ? [index] : []));
  return {
    ...column,
    cards: kept.map((index) => column.cards[index]!),
    joins: kept.slice(1).map((index) => column.joins[index - 1]!),
  };
}

function writeColumn(column: Column, items: Map<unknown, number>): JsonObject | undefined {
  const groups = groupsOf(column);
  if (groups.length === 0) return undefined;
  const [only] = column.cards;
  if (only && column.cards.length === 1) return writeOnlyCard(only, items);
  const { first } = column;
  const written = groups.map((group) =>
    joined(
      first,
      group.map((card) => writeCard(card, items)),
    ),
  );
  return joined(first === 'and' ? 'or' : 'and', written);
}

function joined(join: Join, parts: JsonObject[]): JsonObject {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return join === 'and' ? { all: parts } : { any: parts };
}

/** One condition alone needs nothing around it. */
function writeOnlyCard(card: Card, items: Map<unknown, number>): JsonObject {
  const [item] = card.items;
  const isBare = item && card.items.length === 1 && card.match === 'all' && !card.negated;
  return isBare ? writeItem(item, items) : writeCard(card, items);
}

function writeCard({ match, negated, items: of }: Card, items: Map<unknown, number>): JsonObject {
  const written = { [match]: of.map((item) => writeItem(item, items)) };
  return negated ? { not: written } : written;
}

function writeItem({ id, negated, condition }: Item, items: Map<unknown, number>): JsonObject {
  const written = negated ? { not: condition } : { ...condition };
  items.set(written, id);
  return written;
}

function findItem(
  definition: JsonObject,
  pointer: string,
  items: ReadonlyMap<unknown, number>,
): number | undefined {
  let place: Json | undefined = definition;
  for (const key of pointer.split('/').slice(1)) {
    const inside: Json | undefined = (place as Record<string, Json>)[
      key.replaceAll('~1', '/').replaceAll('~0', '~')
    ];
    if (inside === null || typeof inside !== 'object') return undefined;
    const found = items.get(inside);
    if (found !== undefined) return found;
    place = inside;
  }
  return undefined;
}

import { isJsonObject, type Json, type JsonObject } from '@perennial/conditions';
import type { Board, Card, Column, Item, Join, Side } from './board.ts';

/**
 * A definition as cards; undefined for what cards cannot show without losing a part of it: joins
 * deeper than cards in groups, negations of those, joins of nothing.
 */
export function readBoard(definition: unknown): Board | undefined {
  if (!isJsonObject(definition)) return undefined;
  const { language, include, exclude, ...unknown } = definition;
  if (language !== 1 || Object.keys(unknown).length > 0) return undefined;
  const ids = counter();
  const first = readColumn(include, 'include', ids);
  const second = exclude === undefined ? NONE : readColumn(exclude, 'exclude', ids);
  return first && second && { include: first, exclude: second };
}

const NONE: Column = { cards: [], joins: [], first: 'and' };

type Ids = () => number;

function counter(): Ids {
  let last = 0;
  return () => (last += 1);
}

function readColumn(node: Json | undefined, side: Side, ids: Ids): Column | undefined {
  if (isNothing(node)) return side === 'include' ? NONE : undefined;
  const card = readCard(node, ids);
  if (card) return { cards: [card], joins: [], first: 'and' };
  const taken = partsOf(node);
  if (!taken) return undefined;
  const groups = readGroups(taken.parts, taken.join, ids);
  return groups && columnOf(groups, taken.join);
}

/** What the editor writes while there is no condition. */
function isNothing(node: Json | undefined): boolean {
  return isJsonObject(node) && Array.isArray(node['all']) && node['all'].length === 0;
}

/** Parts joined by `outer`: conditions, cards, or cards joined by the other join. */
function readGroups(parts: readonly Json[], outer: Join, ids: Ids): Card[][] | undefined {
  const groups: Card[][] = [];
  let gathered: Item[] = [];
  const close = () => {
    if (gathered.length > 0) groups.push([cardOf(gathered, outer, ids)]);
    gathered = [];
  };
  for (const part of parts) {
    const item = readItem(part, ids);
    if (item) {
      gathered.push(item);
      continue;
    }
    close();
    const inner = readGroup(part, outer, ids);
    if (!inner) return undefined;
    groups.push(...inner);
  }
  close();
  return groups;
}

/** Conditions that stand beside cards are a card themselves. */
function cardOf(items: Item[], join: Join, ids: Ids): Card {
  return { id: ids(), match: matchOf(join), negated: false, items };
}

function readGroup(part: Json, outer: Join, ids: Ids): Card[][] | undefined {
  const card = readCard(part, ids);
  if (card) return [[card]];
  const taken = partsOf(part);
  if (!taken) return undefined;
  if (taken.join === outer) return readGroups(taken.parts, outer, ids);
  const cards = readGroups(taken.parts, taken.join, ids);
  const isFlat = cards?.every((group) => group.length === 1);
  return isFlat ? [cards!.flat()] : undefined;
}

function columnOf(groups: Card[][], outer: Join): Column {
  const inner: Join = outer === 'and' ? 'or' : 'and';
  const joins = groups.flatMap((group, index) => [
    ...(index > 0 ? [outer] : []),
    ...group.slice(1).map(() => inner),
  ]);
  const isMixed = joins.includes('and') && joins.includes('or');
  return { cards: groups.flat(), joins, first: isMixed ? inner : 'and' };
}

function readCard(node: Json | undefined, ids: Ids): Card | undefined {
  const plain = readPlainCard(node, ids);
  if (plain) return plain;
  const inner = isJsonObject(node) && onlyKey(node) === 'not' ? node['not'] : undefined;
  const card = inner === undefined ? undefined : readPlainCard(inner, ids);
  return card && { ...card, negated: true };
}

function readPlainCard(node: Json | undefined, ids: Ids): Card | undefined {
  const item = readItem(node, ids);
  if (item) return { id: ids(), match: 'all', negated: false, items: [item] };
  const taken = partsOf(node);
  const items = taken?.parts.map((part) => readItem(part, ids));
  if (!taken || !items?.every((each) => each !== undefined)) return undefined;
  return { id: ids(), match: matchOf(taken.join), negated: false, items };
}

function matchOf(join: Join): Card['match'] {
  return join === 'and' ? 'all' : 'any';
}

function readItem(node: Json | undefined, ids: Ids): Item | undefined {
  if (!isJsonObject(node)) return undefined;
  if (isCondition(node)) return { id: ids(), negated: false, condition: node };
  const inner = onlyKey(node) === 'not' ? node['not'] : undefined;
  return isJsonObject(inner) && isCondition(inner)
    ? { id: ids(), negated: true, condition: inner }
    : undefined;
}

function isCondition(node: JsonObject): boolean {
  return !('all' in node || 'any' in node || 'not' in node);
}

/** The parts of a join that holds at least one and has no other member. */
function partsOf(node: Json | undefined): { join: Join; parts: readonly Json[] } | undefined {
  if (!isJsonObject(node)) return undefined;
  const key = onlyKey(node);
  const parts = key === 'all' || key === 'any' ? node[key] : undefined;
  if (!Array.isArray(parts) || parts.length === 0) return undefined;
  return { join: key === 'all' ? 'and' : 'or', parts: parts as Json[] };
}

function onlyKey(node: JsonObject): string | undefined {
  const keys = Object.keys(node);
  return keys.length === 1 ? keys[0] : undefined;
}

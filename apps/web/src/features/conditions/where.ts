import { isJsonObject, type Json, type JsonObject } from '@perennial/conditions';

/** A filter as its editor shows it: rows that all or any hold, some of them groups again. */
export interface WhereGroup {
  readonly match: 'all' | 'any';
  readonly negated: boolean;
  readonly parts: readonly WherePart[];
}

export type WherePart =
  | { readonly kind: 'leaf'; readonly negated: boolean; readonly leaf: JsonObject }
  | { readonly kind: 'group'; readonly group: WhereGroup };

/** Reads a filter, so that `writeWhere` writes the same again but for needless nesting. */
export function readWhere(where: Json | undefined): WhereGroup {
  if (!isJsonObject(where)) return { match: 'all', negated: false, parts: [] };
  const part = readPart(where);
  return part.kind === 'group' ? part.group : { match: 'all', negated: false, parts: [part] };
}

function readPart(node: JsonObject): WherePart {
  const inner = node['not'];
  if (isJsonObject(inner)) return negatedPart(readPart(inner));
  for (const match of ['all', 'any'] as const) {
    const parts = node[match];
    if (Array.isArray(parts)) return groupOf(match, parts as JsonObject[]);
  }
  return { kind: 'leaf', negated: false, leaf: node };
}

function groupOf(match: 'all' | 'any', parts: readonly JsonObject[]): WherePart {
  return { kind: 'group', group: { match, negated: false, parts: parts.map(readPart) } };
}

/** Not not is nothing; of a leaf and of a group the negation is their own. */
function negatedPart(part: WherePart): WherePart {
  if (part.kind === 'leaf') return { ...part, negated: !part.negated };
  return { kind: 'group', group: { ...part.group, negated: !part.group.negated } };
}

/** Writes a filter; undefined for one without rows, which lets everything pass. */
export function writeWhere(group: WhereGroup): JsonObject | undefined {
  const [only] = group.parts;
  if (!only && group.match === 'all' && !group.negated) return undefined;
  const isLeaf = only?.kind === 'leaf' && group.parts.length === 1;
  if (isLeaf && group.match === 'all' && !group.negated) return writePart(only);
  const written = { [group.match]: group.parts.map(writePart) };
  return group.negated ? { not: written } : written;
}

function writePart(part: WherePart): JsonObject {
  if (part.kind === 'leaf') return part.negated ? { not: part.leaf } : part.leaf;
  const { match, negated, parts } = part.group;
  const written = { [match]: parts.map(writePart) };
  return negated ? { not: written } : written;
}

/** The condition with another filter, or with none. */
export function withWhere(condition: JsonObject, group: WhereGroup): JsonObject {
  const { where: _, ...rest } = condition;
  const where = writeWhere(group);
  return where ? { ...rest, where } : rest;
}

/** How many comparisons a filter holds. */
export function sizeOf(group: WhereGroup): number {
  return group.parts.reduce(
    (sum, part) => sum + (part.kind === 'leaf' ? 1 : sizeOf(part.group)),
    0,
  );
}

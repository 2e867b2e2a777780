import type { Json } from '@perennial/conditions';

/** A condition of a filter, or its negation, as the segment language writes it. */
export type FilterNode = { [key: string]: Json };

/** The conditions that all must hold, of a filter as the address keeps it. */
export function conditionsOf(filter: string): FilterNode[] {
  const node = parse(filter);
  if (!node) return [];
  return Array.isArray(node['all']) ? (node['all'] as FilterNode[]) : [node];
}

/** The filter in the address; empty without conditions. */
export function filterOf(conditions: readonly FilterNode[]): string {
  if (conditions.length === 0) return '';
  return JSON.stringify(conditions.length === 1 ? conditions[0] : { all: conditions });
}

export function parse(filter: string): FilterNode | undefined {
  if (filter === '') return undefined;
  try {
    const node: unknown = JSON.parse(filter);
    return node !== null && typeof node === 'object' && !Array.isArray(node)
      ? (node as FilterNode)
      : undefined;
  } catch {
    return undefined;
  }
}

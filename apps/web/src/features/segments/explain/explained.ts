import { isJsonObject } from '@perennial/conditions';
import type { ExplainedCondition } from '@perennial/contracts';

/** What a node of an explanation is: a join of others, or a condition. */
export type NodeKind = 'definition' | 'all' | 'any' | 'not' | 'condition';

export function kindOfNode(node: unknown): NodeKind {
  if (!isJsonObject(node)) return 'condition';
  if ('include' in node) return 'definition';
  return (['all', 'any', 'not'] as const).find((join) => join in node) ?? 'condition';
}

/** Something that a condition saw, to be shown as "name: value". */
export interface Seen {
  readonly key: string;
  readonly value: unknown;
  readonly isInstant: boolean;
}

/** Bounds of a period are told together; a flag that the tick says already is not told twice. */
const LEFT_OUT = new Set(['from', 'to', 'subscribed']);

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** What a condition saw, as far as it says more than its answer. */
export function seenBy({ values }: ExplainedCondition): readonly Seen[] {
  return Object.entries(values)
    .filter(([key]) => !LEFT_OUT.has(key))
    .map(([key, value]) => ({
      key,
      value,
      isInstant: typeof value === 'string' && INSTANT.test(value),
    }));
}

/** The instants between which facts counted; null where there is no bound. */
export function boundsOf({
  values,
}: ExplainedCondition): { from: string | null; to: string | null } | undefined {
  if (!('from' in values) && !('to' in values)) return undefined;
  const bound = (key: string) => {
    const value = values[key];
    return typeof value === 'string' ? value : null;
  };
  return { from: bound('from'), to: bound('to') };
}

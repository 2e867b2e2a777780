import type { JsonObject } from '../../inbox/index.ts';
import type { RefContact } from './test-reference-state.ts';

/** Segments of every scenario, as the segment language writes them. */
export const SEGMENTS: Record<string, JsonObject> = {
  '@S0': { type: 'field', field: 'city', op: 'equals', value: 'Kyiv' },
  '@S1': {
    type: 'event',
    event: 'Buy',
    period: { kind: 'ever' },
    measure: { kind: 'count', op: 'greater_or_equal', value: 2 },
  },
};

/** Whether a condition is true of a contact and of what started its run. */
export function holds(node: JsonObject, contact: RefContact, params: JsonObject): boolean {
  if ('not' in node) return !holds(node['not'] as JsonObject, contact, params);
  const { all, any } = node as { all?: JsonObject[]; any?: JsonObject[] };
  if (all) return all.every((part) => holds(part, contact, params));
  if (any) return any.some((part) => holds(part, contact, params));
  return leaves[node['type'] as string]!(node, contact, params);
}

const leaves: Record<
  string,
  (node: JsonObject, contact: RefContact, params: JsonObject) => boolean
> = {
  field: (node, { fields }) => compare(fields[node['field'] as string], node),
  event(node, { events }) {
    const { value } = node['measure'] as { value: number };
    return events.filter(({ type }) => type === node['event']).length >= value;
  },
  segment: (node, { segments }) => segments.has(node['segment'] as string),
  event_param: (node, _contact, params) => compare(params[node['param'] as string], node),
};

function compare(found: unknown, { op, value }: JsonObject): boolean {
  if (op === 'equals') return found === value;
  return typeof found === 'number' && found > (value as number);
}

/** The filter of an event's parameters. */
export function passes(where: unknown, params: JsonObject): boolean {
  if (where === undefined) return true;
  const { all } = where as { all: JsonObject[] };
  return all.every((leaf) => compare(params[leaf['param'] as string], leaf));
}

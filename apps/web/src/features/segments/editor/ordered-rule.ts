import { isJsonObject, type Json } from '@perennial/conditions';

/** Members in the order in which people read them; the database does not keep that of writing. */
const ORDER = [
  'language',
  'include',
  'exclude',
  'type',
  'field',
  'event',
  'action',
  'segment',
  'category',
  'channel',
  'workflow',
  'param',
  'where',
  'kind',
  'measure',
  'op',
  'value',
  'n',
  'unit',
  'from',
  'to',
  'period',
  'zone',
];

/** The same rule with its members in that order. */
export function orderedRule(rule: unknown): unknown {
  if (Array.isArray(rule)) return rule.map(orderedRule);
  if (!isJsonObject(rule)) return rule;
  const rank = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  const entries = Object.entries(rule as Record<string, Json>)
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([key, value]) => [key, orderedRule(value)]);
  return Object.fromEntries(entries);
}

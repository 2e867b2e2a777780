import { isColumn } from '../filter/field-source.ts';

/** Columns of which only the beginning is indexed for all. */
const SEARCHED_WITHIN: ReadonlySet<string> = new Set(['external_id', 'email', 'phone']);

/** Whether the values of a field may be indexed: not those that every event changes. */
export function isIndexable(field: string): boolean {
  return !isColumn(field) || SEARCHED_WITHIN.has(field);
}

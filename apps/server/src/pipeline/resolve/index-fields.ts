import { fieldIdentifier, kindOfField, type FieldRule } from '../../contacts/index.ts';
import type { IndexItem, InboxItem, Json } from '../../inbox/index.ts';
import type { Directory } from './directory.ts';
import { supersedes } from './directory.ts';

/** Rules of the fields whose values are identifiers, by their keys in the segment language. */
export type IndexedRules = ReadonlyMap<string, FieldRule>;

/**
 * Keeps identifiers in step with the fields that an item sets. Not of a strict item, which may be
 * refused as a whole: what it changed is told once it is applied. Says whether it took care of all.
 */
export function indexFields(
  directory: Directory,
  { item, contactId, indexed }: { item: InboxItem; contactId: number; indexed: IndexedRules },
): boolean {
  if (item.kind !== 'event' && item.kind !== 'identify') return false;
  if (!item.fields || (item.kind === 'identify' && item.strict)) return false;
  const { at, source } = item;
  const weak = item.kind === 'event';
  let found = false;
  for (const [field, value] of Object.entries(item.fields)) {
    const rule = indexed.get(field);
    if (!rule) continue;
    found = true;
    // A value that does not fit is kept as a conflict, and the field as it was.
    if (value !== null && value !== '' && fieldIdentifier(rule, value) === undefined) continue;
    setField(directory, { contactId, field, value, rule, at, source, weak });
  }
  return found;
}

/** A value as it stands on a card. Contacts that are gone, and fields that are no more, have none. */
export function indexValue(
  directory: Directory,
  { item, indexed }: { item: IndexItem; indexed: IndexedRules },
): void {
  const rule = indexed.get(item.field);
  const contactId = directory.find('contact', item.ids[0]![1])[0]?.contactId;
  if (!rule || contactId === undefined) return;
  // Found by nothing any more: it is being erased, and no value of it may come back.
  if (directory.rowsOf(contactId).length === 0) return;
  setField(directory, { ...item, contactId, rule });
}

/** A field that was cleared leaves a row without value, so that an older set does not come back. */
function setField(
  directory: Directory,
  set: {
    contactId: number;
    field: string;
    value: Json;
    rule: FieldRule;
    at: number;
    source: string;
    weak: boolean;
    isFound?: boolean;
  },
): void {
  const { contactId, at, weak, source } = set;
  const kind = kindOfField(set.field);
  const value = fieldIdentifier(set.rule, set.value) ?? '';
  const current = directory.rowsOf(contactId).find((row) => row.kind === kind);
  if (current && !supersedes({ at, weak }, current)) return;
  if (current && set.isFound && at === current.setAt) return;
  if (current) directory.remove(current);
  directory.put({ kind, value, contactId, sourceContactId: null, setAt: at, weak, source });
}

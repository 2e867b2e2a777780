import {
  convertStored,
  hold,
  ruleOf,
  sameValue,
  valueOf,
  type HeldValue,
} from '../../../contacts/index.ts';
import type { ConvertItem } from '../../../inbox/index.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { asJson, tellIndexed } from './change-fields.ts';
import { answer } from './tell.ts';

/**
 * Brings a stored value into the form of its field's type. The contact did nothing, so no fact
 * tells it, and when the value was set stays. A value without such a form becomes a conflict.
 */
export function handleConvert(entry: Of<ConvertItem>, set: WorkingSet): void {
  const { contactId, workspaceId, item } = entry;
  const { field } = item;
  const contact = set.contacts.get(contactId);
  const rule = ruleOf(set.rules.get(workspaceId)!, field);
  const value = contact ? valueOf(contact, field) : null;
  const as = { ok: true as const, contactId, minted: false };
  if (!contact || !rule || value === null) return answer(entry, set, { ...as, changed: 0 });
  const converted = convertStored(rule, value);
  if (converted.ok && sameValue(value, converted.value)) {
    return answer(entry, set, { ...as, changed: 0 });
  }
  const before: HeldValue = { value, set: contact.setAt[field] ?? [0, 'system'] };
  const after: HeldValue = { ...before, value: converted.ok ? converted.value : null };
  hold(contact, field, after);
  set.changed.add(contactId);
  if (item.remember !== undefined) {
    set.earlier.push({
      contactId,
      workspaceId,
      jobId: item.remember,
      subject: `field:${field}`,
      before: asJson(before),
      after: asJson(after),
    });
  }
  if (converted.ok) return answer(entry, set, { ...as, changed: 1 });
  const { reason } = converted;
  const [at, source] = before.set;
  set.conflicts.push({ contactId, workspaceId, field, value, reason, source, at });
  // Where values identify, one that is gone finds nobody.
  const gone = [{ contactId, field, from: value, to: null, source: item.source }];
  tellIndexed(entry, set, contact, { changes: gone, weak: false });
  answer(entry, set, { ...as, changed: 1, reason });
}

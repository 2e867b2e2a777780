import type { DeleteItem, EraseItem } from '../../../inbox/index.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { act } from './change-lists.ts';
import { answer } from './tell.ts';

/** Gone until identified again; its identifiers stay reserved. */
export function handleDelete(entry: Of<DeleteItem>, set: WorkingSet): void {
  const contact = set.contacts.get(entry.contactId);
  if (!contact || contact.deletedAt !== null) {
    answer(entry, set, {
      ok: false,
      code: 'contact_not_found',
      message: 'This contact is deleted already.',
    });
    return;
  }
  contact.deletedAt = entry.receivedAt;
  contact.updatedAt = entry.receivedAt;
  set.changed.add(contact.id);
  set.deleted.set(contact.id, entry.receivedAt);
  act(entry, set, { kind: 'delete' }, 'contact_deleted');
  answer(entry, set, { ok: true, contactId: contact.id, minted: false });
}

/** Gone for good: out of its lists now, out of all tables when the round is written. */
export function handleErase(entry: Of<EraseItem>, set: WorkingSet): void {
  const contact = set.contacts.get(entry.contactId);
  if (contact && contact.deletedAt === null) {
    contact.deletedAt = entry.receivedAt;
    set.changed.add(contact.id);
    act(entry, set, { kind: 'delete' }, 'contact_deleted');
  }
  set.erasures.push(entry);
  answer(entry, set, { ok: true, contactId: entry.contactId, minted: false });
}

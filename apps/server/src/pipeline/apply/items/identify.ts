import type { ContactState } from '../../../contacts/index.ts';
import type { Announcement, IdentifyItem, ItemOutcome } from '../../../inbox/index.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { change, keepUnverified, problemsOf } from './change-fields.ts';
import { act, changeLists } from './change-lists.ts';
import { agree } from './consent.ts';
import { contactOf, sight } from './contact-of.ts';
import { answer, own } from './tell.ts';

/** Who somebody is, and what is known of them. */
export function handleIdentify(entry: Of<IdentifyItem>, set: WorkingSet): void {
  const { item } = entry;
  const problems = item.strict ? problemsOf(entry, set) : [];
  const refusal: ItemOutcome | undefined =
    problems.length > 0
      ? {
          ok: false,
          code: 'invalid_fields',
          message: 'Some values do not fit their fields.',
          errors: problems,
        }
      : undefined;
  // A contact minted for a refused item gets its card all the same: its identifiers are taken.
  if (refusal && !entry.minted) return answer(entry, set, refusal);
  const contact = contactOf(entry, set);
  restore(entry, set, contact);
  if (item.skipDeleted && contact.deletedAt !== null) {
    const message = 'This contact is deleted.';
    return answer(entry, set, { ok: false, code: 'contact_deleted', message });
  }
  sight(entry, set, contact, item.device);
  for (const device of item.moreDevices ?? []) sight(entry, set, contact, device);
  const before = set.earlier.length;
  if (!refusal) change(entry, set, contact, { fields: item.fields, weak: false });
  if (item.unverified) keepUnverified(entry, set, item.unverified);
  if (!refusal && item.weakFields)
    change(entry, set, contact, { fields: item.weakFields, weak: true });
  if (!refusal) agree(entry, set, contact);
  if (!refusal && item.lists && contact.deletedAt === null) changeLists(entry, set, item.lists);
  if (!refusal && item.wants) {
    const { workspaceId } = entry;
    set.wanted.push({ workspaceId, contactId: contact.id, wants: item.wants });
  }
  if (!refusal && item.announce) announce(entry, set, contact, item.announce);
  if (!refusal)
    for (const id of item.settles ?? []) set.settled.push({ contactId: contact.id, id });
  const changed = item.remember === undefined ? {} : { changed: set.earlier.length - before };
  const { id: contactId } = contact;
  answer(entry, set, refusal ?? { ok: true, contactId, minted: entry.minted === true, ...changed });
}

/** A deleted contact comes back by an identify that is newer than the deletion. */
function restore(entry: Of<IdentifyItem>, set: WorkingSet, contact: ContactState): void {
  if (
    contact.deletedAt === null ||
    entry.item.restore === false ||
    entry.item.at <= contact.deletedAt
  )
    return;
  contact.deletedAt = null;
  contact.updatedAt = entry.receivedAt;
  set.changed.add(contact.id);
  act(entry, set, { kind: 'restore' }, 'contact_restored');
}

/** Tells of a contact that was subscribed or imported, as an event that workflows start by. */
function announce(
  entry: Of<IdentifyItem>,
  set: WorkingSet,
  contact: ContactState,
  { created, existing, about }: Announcement,
): void {
  const type = entry.minted ? created : existing;
  if (type === undefined) return;
  const { id, email, phone } = contact;
  const address = { ...(email !== null && { EmailAddress: email }) };
  const [key, params] =
    about === 'subscription'
      ? [String(id), { ContactId: String(id), ...address }]
      : [
          email ?? phone,
          { contactId: String(id), ...address, ...(phone !== null && { SMS: phone }) },
        ];
  own(entry, set, type, params, key === null ? {} : { key });
}

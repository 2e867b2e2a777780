import type { ContactState } from '../../../contacts/index.ts';
import type { ConsentItem, IdentifyItem, Stamped, SuppressionItem } from '../../../inbox/index.ts';
import {
  applyConsent,
  confirmAddress,
  factOfSuppression,
  withdrawConsent,
  type ConsentFact,
} from '../handle-consent.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { answer, own } from './tell.ts';

/** What somebody agreed to, or an address that was confirmed. */
export function handleConsent(entry: Of<ConsentItem>, set: WorkingSet): void {
  const { item, contactId } = entry;
  const contact = set.contacts.get(contactId);
  if (!contact) {
    const message = 'No contact has this identifier.';
    return answer(entry, set, { ok: false, code: 'contact_not_found', message });
  }
  const confirmed = item.confirm && confirmAddress(entry, set, { contact, confirm: item.confirm });
  if (confirmed === 'gone') {
    const message = 'The contact has this address no more.';
    return answer(entry, set, { ok: false, code: 'address_gone', message });
  }
  if (confirmed) tellConsent(entry, set, contact, confirmed);
  const changed = agree(entry, set, contact);
  answer(entry, set, { ok: true, contactId, minted: false, ...changed });
}

/** An address said no, or yes again: the row was written before, this is the fact. */
export function handleSuppression(entry: Of<SuppressionItem>, set: WorkingSet): void {
  const { type, params } = factOfSuppression(entry.item);
  own(entry, set, type, params);
  answer(entry, set, { ok: true, contactId: entry.contactId, minted: false });
}

/** What the item says about categories. Answers how much, to the job that remembers it. */
export function agree(
  entry: Of<IdentifyItem | ConsentItem>,
  set: WorkingSet,
  contact: ContactState,
): { changed?: number } {
  const { consent, remember } = entry.item;
  const before = set.earlier.length;
  const fact = consent && applyConsent(entry, set, { contact, consent });
  if (fact) tellConsent(entry, set, contact, fact);
  return remember === undefined ? {} : { changed: set.earlier.length - before };
}

/** An address goes, and with it what was noted by hand as agreed to there. */
export function withdraw(
  entry: Of<IdentifyItem>,
  set: WorkingSet,
  contact: ContactState,
  { channel, address }: { channel: string; address: string },
): void {
  const fact = withdrawConsent(entry, set, { contactId: contact.id, channel, address });
  if (fact) tellConsent(entry, set, contact, fact);
}

/** Consents are data of the card. */
export function tellConsent(
  entry: Stamped,
  set: WorkingSet,
  contact: ContactState,
  { type, params }: ConsentFact,
): void {
  contact.updatedAt = entry.receivedAt;
  set.changed.add(contact.id);
  // The fact stands where it became true; what was said earlier tells so.
  const { at } = entry.item;
  const said = at < entry.receivedAt ? { decided_at: new Date(at).toISOString() } : {};
  own(entry, set, type, { ...params, ...said });
}

import { DAY_MS } from '@perennial/conditions';
import type { InboxItem } from '../../inbox/index.ts';
import type { Candidate } from './choose-contact.ts';
import type { IdentifierRow } from './directory.ts';

/** Contacts that an identifier remembers. One that wanders more is nobody's in particular. */
const MOST_FORMERS = 5;

/** The row of an identifier that leaves its contact, so that it knows whose it was. */
export function formersOf(
  row: IdentifierRow,
  { to, movedAt }: { to: number; movedAt: number },
): Required<Pick<IdentifierRow, 'formers' | 'movedAt'>> {
  const { contactId, sourceContactId, formers = [] } = row;
  // What came by it before a merge is the merged contact's, should the merge be undone.
  const all = [contactId, ...(sourceContactId === null ? [] : [sourceContactId]), ...formers];
  const others = [...new Set(all)].filter((id) => id !== to);
  return { formers: others.slice(0, MOST_FORMERS), movedAt };
}

/**
 * Contacts that may have this event already, should it be sent again: those whose the identifiers
 * were. What happened a day after they moved was first sent after that too; repeats are told by
 * their time, give or take a day.
 */
export function mayBeElsewhere(
  item: InboxItem,
  { candidates, contactId }: { candidates: Candidate[]; contactId: number },
): number[] {
  if (!webhookTells(item)) return [];
  const others = new Set<number>();
  const isNamed = candidates.some(({ kind }) => kind === 'external_id');
  for (const { row } of candidates) {
    if (!row) continue;
    const isRecent = row.movedAt !== undefined && item.at <= row.movedAt + DAY_MS;
    if (isRecent) for (const id of row.formers ?? []) others.add(id);
    // Of people kept apart the one with an external ID leads: it may have got that since.
    if (!isNamed && row.contactId !== contactId) others.add(row.contactId);
  }
  others.delete(contactId);
  return [...others];
}

/** Whether a repeat of it is recognised by what its contact has; the others by a hash alone. */
function webhookTells(item: InboxItem): boolean {
  return (
    item.kind === 'event' &&
    item.messageId !== undefined &&
    item.ownTime &&
    // Who waits for it made up its ID.
    item.ticket === undefined
  );
}

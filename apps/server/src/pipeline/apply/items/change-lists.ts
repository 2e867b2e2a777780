import type {
  DeleteItem,
  EraseItem,
  IdentifyItem,
  ListChanges,
  MembershipItem,
} from '../../../inbox/index.ts';
import type { MembershipAct } from '../../../segments/index.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { contactOf } from './contact-of.ts';
import { answer } from './tell.ts';

/** Lists of a contact, by hand or by a call. */
export function handleMembership(entry: Of<MembershipItem>, set: WorkingSet): void {
  const { item } = entry;
  const contact = contactOf(entry, set);
  if (contact.deletedAt !== null) {
    answer(entry, set, {
      ok: false,
      code: 'contact_not_found',
      message: 'A deleted contact is in no list.',
    });
    return;
  }
  const from = set.memberships.length;
  changeLists(entry, set, item.lists, item.cause);
  if (item.ticket === undefined) return;
  const to = set.memberships.length;
  set.membershipWaits.push({ ticket: item.ticket, contactId: contact.id, from, to });
}

/** First out, then in: a list that is named twice is entered. */
export function changeLists(
  entry: Of<IdentifyItem | MembershipItem>,
  set: WorkingSet,
  { add = [], remove = [] }: ListChanges,
  cause: string = entry.item.source,
): void {
  for (const segmentId of remove) {
    if (typeof segmentId === 'number') act(entry, set, { kind: 'leave', segmentId }, cause);
  }
  for (const list of add) {
    if (typeof list === 'number') act(entry, set, { kind: 'enter', segmentId: list }, cause);
    else refuseList(entry, set, { value: list, reason: 'no list of this name could be made' });
  }
}

/** One thing that moves a contact into lists or out of them. */
export function act(
  {
    workspaceId,
    contactId,
    receivedAt,
    item,
  }: Of<IdentifyItem | MembershipItem | DeleteItem | EraseItem>,
  set: WorkingSet,
  what: MembershipAct,
  cause: string,
): void {
  set.memberships.push({
    contactId,
    workspaceId,
    at: receivedAt,
    source: item.source,
    cause,
    depth: item.depth ?? 0,
    act: what,
  });
}

/** What somebody asked for and could not get is kept with the contact. */
function refuseList(
  { workspaceId, contactId, item }: Of<IdentifyItem | MembershipItem>,
  set: WorkingSet,
  refusal: { value: string; reason: string },
): void {
  const { source, at } = item;
  set.conflicts.push({ contactId, workspaceId, field: 'lists', source, at, ...refusal });
}

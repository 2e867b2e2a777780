import type { Choice } from '../contact-rows/index.ts';
import type { Tx } from '../db/pool.ts';
import type { Json } from '../inbox/index.ts';
import type { ContactState, SetAt } from './contact-state.ts';
import { saveContacts } from './contact-store.ts';
import { store, valueOf } from './set-fields.ts';

export interface ContactPair {
  keep: ContactState;
  drop: ContactState;
  /** When the merge is applied. */
  at: number;
}

/** A value and who set it when. */
export interface HeldValue {
  value: Json;
  set: SetAt;
}

/** What a merge chose for one field that the dropped contact had. */
export type FieldChoice = Choice<HeldValue>;

/** What of a card is not a field. */
export type CardHead = Pick<
  ContactState,
  'externalId' | 'email' | 'phone' | 'createdAt' | 'updatedAt' | 'lastSeenAt' | 'deletedAt'
>;

/** How two cards were before they became one: enough to make them two again. */
export interface JoinedCards {
  kept: CardHead;
  dropped: CardHead;
  fields: Record<string, FieldChoice>;
}

/** Per field the later set wins; the survivor was created when the older was. */
export function joinContacts({ keep, drop, at }: ContactPair): JoinedCards {
  const joined: JoinedCards = { kept: headOf(keep), dropped: headOf(drop), fields: {} };
  for (const field of Object.keys(drop.setAt)) {
    const [kept, dropped] = [heldBy(keep, field), heldBy(drop, field)!];
    const settled = settleValues(kept, dropped);
    joined.fields[field] = { kept, dropped, settled };
    if (settled === dropped) hold(keep, field, dropped);
  }
  keep.externalId ??= drop.externalId;
  keep.createdAt = Math.min(keep.createdAt, drop.createdAt);
  keep.lastSeenAt = Math.max(keep.lastSeenAt ?? 0, drop.lastSeenAt ?? 0) || null;
  keep.updatedAt = at;
  Object.assign(drop, {
    email: null,
    phone: null,
    externalId: null,
    mergedInto: keep.id,
    deletedAt: at,
    updatedAt: at,
  });
  return joined;
}

function headOf(contact: ContactState): CardHead {
  const { externalId, email, phone, createdAt, updatedAt, lastSeenAt, deletedAt } = contact;
  return { externalId, email, phone, createdAt, updatedAt, lastSeenAt, deletedAt };
}

/** The later set; one that only came along gives way, and equal ones stay the survivor's. */
export function settleValues(kept: HeldValue | null, dropped: HeldValue): HeldValue {
  return isLater(dropped.set, kept?.set) ? dropped : kept!;
}

export function heldBy(contact: ContactState, field: string): HeldValue | null {
  if (!Object.hasOwn(contact.setAt, field)) return null;
  return { value: valueOf(contact, field), set: contact.setAt[field]! };
}

/** Null takes the value away, and that it was ever set. */
export function hold(contact: ContactState, field: string, held: HeldValue | null): void {
  if (held) contact.setAt[field] = held.set;
  else delete contact.setAt[field];
  store(contact, field, held?.value ?? null);
}

function isLater(a: SetAt, b: SetAt | undefined): boolean {
  if (!b) return true;
  if ((a[2] === 1) !== (b[2] === 1)) return b[2] === 1;
  return a[0] > b[0];
}

/** Writes both contacts. */
export async function saveJoined(
  tx: Tx,
  { pairs }: { pairs: Pick<ContactPair, 'keep' | 'drop'>[] },
): Promise<void> {
  // The dropped first: the survivor takes over what must be unique.
  await saveContacts(tx, { contacts: pairs.map((pair) => pair.drop) });
  await saveContacts(tx, { contacts: pairs.map((pair) => pair.keep) });
}

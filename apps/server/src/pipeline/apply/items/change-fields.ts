import {
  checkFields,
  heldBy,
  setFields,
  type ContactState,
  type FieldChange,
  type HeldValue,
} from '../../../contacts/index.ts';
import type {
  ConvertItem,
  EventItem,
  IdentifyItem,
  Json,
  JsonObject,
  OrderItem,
  TakeBackItem,
} from '../../../inbox/index.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { withdraw } from './consent.ts';
import { own } from './tell.ts';

/** Sets fields of a card, with the addresses among them, and tells what changed. */
export function change(
  entry: Of<EventItem | IdentifyItem | OrderItem>,
  set: WorkingSet,
  contact: ContactState,
  { fields, weak }: { fields: JsonObject; weak: boolean },
): void {
  const { item, workspaceId } = entry;
  const before = item.remember === undefined ? undefined : heldValues(contact, fields);
  const { changes, conflicts } = setFields(contact, {
    fields,
    weak,
    at: item.at,
    source: item.source,
    rules: set.rules.get(workspaceId)!,
    country: set.countries.get(workspaceId),
  });
  set.changed.add(contact.id);
  set.conflicts.push(...conflicts);
  if (changes.length === 0) return;
  contact.updatedAt = entry.receivedAt;
  if (item.remember !== undefined) {
    for (const { field } of changes) {
      set.earlier.push({
        contactId: contact.id,
        workspaceId,
        jobId: item.remember,
        subject: `field:${field}`,
        before: asJson(before?.get(field) ?? null),
        after: asJson(heldBy(contact, field)),
      });
    }
  }
  if (!entry.indexed) tellIndexed(entry, set, contact, { changes, weak });
  for (const { field, from, to } of changes) {
    if (field !== 'email' && field !== 'phone') continue;
    const channel = field === 'email' ? 'email' : 'sms';
    if (item.kind === 'identify' && item.withdraws !== undefined && typeof from === 'string')
      withdraw({ ...entry, item }, set, contact, { channel, address: from });
    set.addresses.push({
      contactId: contact.id,
      workspaceId,
      channel,
      address: to as string | null,
      confirmed: item.kind === 'order' || item.confirmed !== false,
      at: item.at,
      source: item.source,
      ...(item.kind === 'identify' &&
        item.consent?.text !== undefined && { text: item.consent.text }),
    });
  }
  set.fieldChanges.push(...changes);
  // The values a contact was created with are part of its creation.
  if (contact.createdAt === entry.receivedAt && entry.minted) return;
  own(entry, set, 'FieldChanged', {
    source: item.source,
    ...(item.kind === 'identify' && item.via),
    changes: changes.map(({ field, from, to }) => ({
      field,
      from: from as never,
      to: to as never,
    })),
  });
}

function heldValues(contact: ContactState, fields: JsonObject): Map<string, HeldValue | null> {
  return new Map(Object.keys(fields).map((field) => [field, heldBy(contact, field)]));
}

/** As it is kept, and compared. */
export function asJson(held: HeldValue | null): Json {
  return held && { value: held.value, set: [...held.set] };
}

/** Values by which the contact is found from now on, and that the resolver did not see coming. */
export function tellIndexed(
  { workspaceId, item }: Of<EventItem | IdentifyItem | OrderItem | TakeBackItem | ConvertItem>,
  set: WorkingSet,
  contact: ContactState,
  { changes, weak }: { changes: FieldChange[]; weak: boolean },
): void {
  const indexed = set.indexedFields(workspaceId);
  for (const { field, to } of changes) {
    if (!indexed.has(field)) continue;
    set.toIndex.push({
      workspaceId,
      item: {
        kind: 'index',
        ids: [['contact', String(contact.id)]],
        at: item.at,
        source: item.source,
        field,
        value: to as Json,
        weak,
      },
    });
  }
}

/** What was claimed without proof can be seen on the card, and is not taken over. */
export function keepUnverified(
  entry: Of<IdentifyItem>,
  set: WorkingSet,
  claimed: JsonObject,
): void {
  const { contactId, workspaceId, item } = entry;
  for (const [field, value] of Object.entries(claimed)) {
    set.conflicts.push({
      contactId,
      workspaceId,
      field,
      value,
      reason: 'no user token confirmed it',
      source: item.source,
      at: item.at,
    });
  }
}

/** What a strict item is refused for, by field. */
export function problemsOf(
  entry: Of<IdentifyItem>,
  set: WorkingSet,
): { path: string; message: string }[] {
  return checkFields({
    fields: entry.item.fields,
    rules: set.rules.get(entry.workspaceId)!,
    country: set.countries.get(entry.workspaceId),
  });
}

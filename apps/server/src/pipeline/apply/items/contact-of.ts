import { deviceKey, type ContactState } from '../../../contacts/index.ts';
import type {
  AliasItem,
  DeviceFacts,
  EventItem,
  IdentifyItem,
  MembershipItem,
  OrderItem,
} from '../../../inbox/index.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { own } from './tell.ts';

/** The contact of an item; the first item of a new one makes its card. */
export function contactOf(
  entry: Of<EventItem | IdentifyItem | MembershipItem | AliasItem | OrderItem>,
  set: WorkingSet,
): ContactState {
  const { contactId, workspaceId, receivedAt, item } = entry;
  let contact = set.contacts.get(contactId);
  if (!contact) {
    contact = {
      id: contactId,
      workspaceId,
      // What later items gave it is known already, and comes with them.
      externalId: (entry.minted ? entry.externalId : set.externalIds.get(contactId)) ?? null,
      email: null,
      phone: null,
      fields: {},
      setAt: {},
      source: item.source,
      createdAt: receivedAt,
      updatedAt: receivedAt,
      lastSeenAt: null,
      deletedAt: null,
      mergedInto: null,
    };
    set.contacts.set(contactId, contact);
    set.changed.add(contactId);
    own(entry, set, 'ContactCreated', { source: item.source });
  }
  if (entry.externalId !== undefined && contact.externalId !== entry.externalId) {
    contact.externalId = entry.externalId;
    contact.updatedAt = receivedAt;
    set.changed.add(contactId);
  }
  for (const refusal of entry.refusals ?? []) {
    set.refusals.push({ contactId, workspaceId, at: receivedAt, ...refusal });
  }
  if (entry.gained) {
    contact.updatedAt = receivedAt;
    set.changed.add(contactId);
  }
  return contact;
}

/** The device that an item came from, and the address that its push token is. */
export function sight(
  entry: Of<EventItem | IdentifyItem>,
  set: WorkingSet,
  contact: ContactState,
  device: DeviceFacts | undefined,
): void {
  if (!device) return;
  regain(set, contact.id, device);
  const { workspaceId, item } = entry;
  const { via } = entry;
  set.devices.push({ contactId: contact.id, workspaceId, device, at: item.at, via });
  const key = deviceKey(contact.id, device.deviceId);
  set.knownDevices.set(key, { ...set.knownDevices.get(key), ...device });
  if (device.pushToken !== undefined) {
    set.addresses.push({
      contactId: contact.id,
      workspaceId,
      channel: 'mobile_push',
      address: device.pushToken,
      confirmed: true,
      at: item.at,
      source: item.source,
      via,
      ...(device.app !== undefined && { app: device.app }),
    });
  }
}

/** What was lost and has come back within a round is not lost. */
function regain(set: WorkingSet, contactId: number, { deviceId, pushToken }: DeviceFacts): void {
  set.lost = set.lost.filter(
    (row) => row.contactId !== contactId || (row.value !== deviceId && row.value !== pushToken),
  );
}

/** Activity moves last_seen_at forward, never back. */
export function see(set: WorkingSet, contact: ContactState, at: number): void {
  if (contact.lastSeenAt !== null && contact.lastSeenAt >= at) return;
  contact.lastSeenAt = at;
  set.seen.set(contact.id, at);
}

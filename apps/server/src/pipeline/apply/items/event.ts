import { deviceKey } from '../../../contacts/index.ts';
import {
  addDeviceParams,
  ERRORS_IN_CONTEXT,
  FACT_FLAGS,
  findFaults,
  lacksDevice,
  problemOf,
  type ParamFault,
} from '../../../events/index.ts';
import type { EventItem, JsonObject } from '../../../inbox/index.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { change } from './change-fields.ts';
import { contactOf, see, sight } from './contact-of.ts';
import { answer } from './tell.ts';

/** Something a contact did, or nobody. */
export function handleEvent(entry: Of<EventItem>, set: WorkingSet): void {
  const { item, contactId } = entry;
  const contact = contactId === 0 ? undefined : contactOf(entry, set);
  if (contact) {
    sight(entry, set, contact, item.device);
    if (item.fields) change(entry, set, contact, { fields: item.fields, weak: true });
    if (!item.passive) see(set, contact, item.at);
  }
  const params = paramsOf(entry, set);
  const faults = faultsOf(entry, set, params);
  set.facts.push({
    workspaceId: entry.workspaceId,
    contactId,
    type: item.event,
    occurredAt: item.at,
    receivedAt: entry.receivedAt,
    source: item.source,
    ...(item.key !== undefined && { key: item.key }),
    ...(item.messageId !== undefined && { messageId: item.messageId }),
    params,
    ...(item.context && { context: item.context }),
    ...(faults.length > 0 && {
      faults,
      context: {
        ...item.context,
        [ERRORS_IN_CONTEXT]: faults.map((fault) => ({ ...problemOf(fault) })),
      },
    }),
    flags:
      (item.flags ?? 0) |
      (contactId === 0 ? FACT_FLAGS.nobody : 0) |
      (entry.minted ? FACT_FLAGS.created : 0) |
      (faults.length > 0 ? FACT_FLAGS.errors : 0),
    depth: item.depth ?? 0,
    ...(entry.via !== undefined && { sourceContactId: entry.via }),
  });
  answer(entry, set, { ok: true, contactId, minted: entry.minted === true });
}

/**
 * With what is known of the device, where the event names one and does not describe it; and with
 * the contact's ID, where other parameters named the contact.
 */
function paramsOf({ item, contactId }: Of<EventItem>, set: WorkingSet): JsonObject {
  if (item.weakIds && contactId !== 0 && !namesContact(item.params)) {
    return { ...item.params, ContactId: contactId };
  }
  if (!item.device || !lacksDevice(item.params)) return item.params;
  const known = set.knownDevices.get(deviceKey(contactId, item.device.deviceId));
  return known ? addDeviceParams(item.params, known) : item.params;
}

function namesContact(params: JsonObject): boolean {
  return Object.keys(params).some((name) => /^contact_?id$/i.test(name));
}

/** What its type misses in an event, which is stored all the same. */
function faultsOf(
  { workspaceId, item }: Of<EventItem>,
  set: WorkingSet,
  params: JsonObject,
): ParamFault[] {
  return findFaults(set.settingsOf(workspaceId, item.event).expected_params, params);
}

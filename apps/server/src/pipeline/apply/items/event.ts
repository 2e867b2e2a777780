import { deviceKey } from '../../../contacts/index.ts';
import {
  addDeviceParams,
  ERRORS_IN_CONTEXT,
  FACT_FLAGS,
  findFaults,
  flagsOfKind,
  lacksDevice,
  problemOf,
  RULE_IN_CONTEXT,
  ruleOf,
  type ParamFault,
} from '../../../events/index.ts';
import type { EventItem, IdentifierKind, JsonObject } from '../../../inbox/index.ts';
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
  const context = contextOf(entry, faults);
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
    ...(context && { context }),
    ...(faults.length > 0 && { faults }),
    flags:
      (item.flags ?? 0) |
      (contactId === 0 ? FACT_FLAGS.nobody : flagsOfKind(foundBy(entry))) |
      (entry.minted ? FACT_FLAGS.created : 0) |
      (addsContactId(entry) ? FACT_FLAGS.contactIdAdded : 0) |
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
function paramsOf(entry: Of<EventItem>, set: WorkingSet): JsonObject {
  const { item, contactId } = entry;
  if (addsContactId(entry)) return { ...item.params, ContactId: contactId };
  if (!item.device || !lacksDevice(item.params)) return item.params;
  const known = set.knownDevices.get(deviceKey(contactId, item.device.deviceId));
  return known ? addDeviceParams(item.params, known) : item.params;
}

function addsContactId({ item, contactId }: Of<EventItem>): boolean {
  return item.weakIds === true && contactId !== 0 && !namesContact(item.params);
}

function namesContact(params: JsonObject): boolean {
  return Object.keys(params).some((name) => /^contact_?id$/i.test(name));
}

/** What came along, and what the program keeps with it: what was wrong, and which rule found it. */
function contextOf(entry: Of<EventItem>, faults: ParamFault[]): JsonObject | undefined {
  const { item, contactId } = entry;
  const kind = foundBy(entry);
  const parameter = contactId !== 0 && kind ? item.ruled?.[kind] : undefined;
  if (faults.length === 0 && parameter === undefined) return item.context;
  return {
    ...item.context,
    ...(faults.length > 0 && {
      [ERRORS_IN_CONTEXT]: faults.map((fault) => ({ ...problemOf(fault) })),
    }),
    ...(kind && parameter !== undefined && { [RULE_IN_CONTEXT]: ruleOf(kind, parameter) }),
  };
}

function foundBy({ by, item }: Of<EventItem>): IdentifierKind | undefined {
  return by ?? item.ids[0]?.[0];
}

/** What its type misses in an event, which is stored all the same. */
function faultsOf(
  { workspaceId, item }: Of<EventItem>,
  set: WorkingSet,
  params: JsonObject,
): ParamFault[] {
  return findFaults(set.settingsOf(workspaceId, item.event).expected_params, params);
}

import {
  checkFields,
  deviceKey,
  setFields,
  type ContactState,
  type FieldChange,
} from '../../contacts/index.ts';
import {
  addDeviceParams,
  checkParams,
  ERRORS_IN_CONTEXT,
  FACT_FLAGS,
  lacksDevice,
} from '../../events/index.ts';
import type {
  AliasItem,
  Announcement,
  ConsentItem,
  DeleteItem,
  DeliveryItem,
  DeviceFacts,
  EraseItem,
  EventItem,
  IdentifyItem,
  IndexItem,
  ItemOutcome,
  Json,
  JsonObject,
  ListChanges,
  LossItem,
  MembershipItem,
  JoinItem,
  MergeItem,
  OrderItem,
  PartItem,
  SlotItem,
  Stamped,
  StartItem,
  StopItem,
  SuppressionItem,
  UnmergeItem,
} from '../../inbox/index.ts';
import { changeOrder, describeOrder, factOf, orderKey } from '../../orders/index.ts';
import type { MembershipAct } from '../../segments/index.ts';
import {
  applyConsent,
  confirmAddress,
  factOfSuppression,
  type ConsentFact,
} from './handle-consent.ts';
import { tell } from '../outcomes.ts';
import type { Of, WorkingSet } from './working-set.ts';

type Handler<Item> = (entry: Of<Item>, set: WorkingSet) => void;

interface Handlers {
  event: Handler<EventItem>;
  identify: Handler<IdentifyItem>;
  membership: Handler<MembershipItem>;
  alias: Handler<AliasItem>;
  consent: Handler<ConsentItem>;
  delete: Handler<DeleteItem>;
  order: Handler<OrderItem>;
  erase: Handler<EraseItem>;
  suppression: Handler<SuppressionItem>;
  delivery: Handler<DeliveryItem>;
  start: Handler<StartItem>;
  stop: Handler<StopItem>;
  loss: Handler<LossItem>;
  join: Handler<JoinItem>;
  part: Handler<PartItem>;
  merge: Handler<MergeItem>;
  unmerge: Handler<UnmergeItem>;
  index: Handler<IndexItem>;
}

/** Applies one item to the working set: no I/O, so a round of thousands is written at once. */
export function handleItem(entry: Stamped, set: WorkingSet): void {
  const owner = ownerNow(entry, set);
  if (owner !== entry.contactId) {
    set.forwarded.push(forwardTo(owner, entry));
    return;
  }
  const handle = handlers[entry.item.kind] as Handler<SlotItem>;
  handle(entry, set);
}

/** Whose an item is by now: contacts may have become one, and two again, while it waited. */
function ownerNow({ contactId, via }: Stamped, set: WorkingSet): number {
  const survivor = set.contacts.get(contactId)?.mergedInto;
  if (survivor) return survivor;
  return via !== undefined && set.contacts.get(via)?.mergedInto === null ? via : contactId;
}

function forwardTo(contactId: number, { via, ...entry }: Stamped): Stamped {
  const source = via ?? entry.contactId;
  return { ...entry, contactId, ...(source !== contactId && { via: source }) };
}

const handlers: Handlers = {
  event(entry, set) {
    const { item, contactId } = entry;
    const contact = contactId === 0 ? undefined : contactOf(entry, set);
    if (contact) {
      sight(entry, set, contact, item.device);
      if (item.fields) change(entry, set, contact, { fields: item.fields, weak: true });
      if (!item.passive) see(set, contact, item.at);
    }
    const params = paramsOf(entry, set);
    const problems = problemsWith(entry, set, params);
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
      ...(problems && { context: { ...item.context, [ERRORS_IN_CONTEXT]: problems } }),
      flags:
        (item.flags ?? 0) |
        (contactId === 0 ? FACT_FLAGS.nobody : 0) |
        (entry.minted ? FACT_FLAGS.created : 0) |
        (problems ? FACT_FLAGS.errors : 0),
      depth: item.depth ?? 0,
      ...(entry.via !== undefined && { sourceContactId: entry.via }),
    });
    answer(entry, set, { ok: true, contactId, minted: entry.minted === true });
  },

  identify(entry, set) {
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
    if (!refusal) change(entry, set, contact, { fields: item.fields, weak: false });
    if (item.unverified) keepUnverified(entry, set, item.unverified);
    if (!refusal && item.weakFields)
      change(entry, set, contact, { fields: item.weakFields, weak: true });
    if (!refusal) agree(entry, set, contact);
    if (!refusal && item.lists && contact.deletedAt === null) changeLists(entry, set, item.lists);
    if (!refusal && item.announce) announce(entry, set, contact, item.announce);
    if (!refusal)
      for (const id of item.settles ?? []) set.settled.push({ contactId: contact.id, id });
    answer(
      entry,
      set,
      refusal ?? { ok: true, contactId: contact.id, minted: entry.minted === true },
    );
  },

  membership(entry, set) {
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
  },

  alias(entry, set) {
    const contact = contactOf(entry, set);
    answer(entry, set, { ok: true, contactId: contact.id, minted: entry.minted === true });
  },

  order(entry, set) {
    const { item, contactId } = entry;
    const contact = contactOf(entry, set);
    if (entry.minted) change(entry, set, contact, { fields: item.fields, weak: false });
    const key = orderKey({ contactId, externalOrderId: item.order.externalOrderId });
    const changed = changeOrder(set.orders.get(key), {
      contactId,
      workspaceId: entry.workspaceId,
      facts: item.order,
      source: item.source,
      at: item.at,
      receivedAt: entry.receivedAt,
    });
    if (changed.kind === 'unknown') {
      return answer(entry, set, { ok: false, code: 'order_unknown', message: changed.reason });
    }
    if (changed.kind === 'changed') {
      const { order } = changed;
      set.orders.set(key, order);
      set.changedOrders.add(key);
      const { status, externalOrderId } = order;
      own(entry, set, factOf(status), describeOrder(order), {
        key: externalOrderId,
        flags: item.flags ?? 0,
      });
    }
    answer(entry, set, { ok: true, contactId, minted: entry.minted === true });
  },

  delete(entry, set) {
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
    set.deleted.push(contact.id);
    act(entry, set, { kind: 'delete' }, 'contact_deleted');
    answer(entry, set, { ok: true, contactId: contact.id, minted: false });
  },

  erase(entry, set) {
    const contact = set.contacts.get(entry.contactId);
    if (contact && contact.deletedAt === null) {
      contact.deletedAt = entry.receivedAt;
      set.changed.add(contact.id);
      act(entry, set, { kind: 'delete' }, 'contact_deleted');
    }
    set.erasures.push(entry);
    answer(entry, set, { ok: true, contactId: entry.contactId, minted: false });
  },

  consent(entry, set) {
    const { item, contactId } = entry;
    const contact = set.contacts.get(contactId);
    if (!contact) {
      const message = 'No contact has this identifier.';
      return answer(entry, set, { ok: false, code: 'contact_not_found', message });
    }
    const confirmed =
      item.confirm && confirmAddress(entry, set, { contact, confirm: item.confirm });
    if (confirmed === 'gone') {
      const message = 'The contact has this address no more.';
      return answer(entry, set, { ok: false, code: 'address_gone', message });
    }
    if (confirmed) tellConsent(entry, set, contact, confirmed);
    agree(entry, set, contact);
    answer(entry, set, { ok: true, contactId, minted: false });
  },

  suppression(entry, set) {
    const { type, params } = factOfSuppression(entry.item);
    own(entry, set, type, params);
    answer(entry, set, { ok: true, contactId: entry.contactId, minted: false });
  },

  delivery: (entry, set) => void set.deliveries.push(entry),
  start: (entry, set) => void set.starts.push(entry),
  stop: (entry, set) => void set.stops.push(entry),

  loss(entry, set) {
    for (const [kind, value] of entry.item.lost) {
      set.lost.push({ contactId: entry.contactId, kind, value });
    }
  },

  join: (entry, set) => answer(entry, set, { ok: true, contactId: entry.contactId, minted: false }),
  part: (entry, set) => answer(entry, set, { ok: true, contactId: entry.contactId, minted: false }),

  merge() {
    throw new TypeError('merges are made between rounds');
  },
  unmerge() {
    throw new TypeError('merges are undone between rounds');
  },

  index() {
    throw new TypeError('only the resolver indexes');
  },
};

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

/** What the item says about categories. */
function agree(
  entry: Of<IdentifyItem | ConsentItem>,
  set: WorkingSet,
  contact: ContactState,
): void {
  const { consent } = entry.item;
  const fact = consent && applyConsent(entry, set, { contact, consent });
  if (fact) tellConsent(entry, set, contact, fact);
}

/** Consents are data of the card. */
function tellConsent(
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

/** Values by which the contact is found from now on, and that the resolver did not see coming. */
function tellIndexed(
  { workspaceId, item }: Of<EventItem | IdentifyItem | OrderItem>,
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

function namesContact(params: JsonObject): boolean {
  return Object.keys(params).some((name) => /^contact_?id$/i.test(name));
}

/** What its type misses in an event, which is stored all the same. */
function problemsWith(
  { workspaceId, item }: Of<EventItem>,
  set: WorkingSet,
  params: JsonObject,
): Json | undefined {
  const { expected_params: expected } = set.settingsOf(workspaceId, item.event);
  if (expected.length === 0) return undefined;
  const problems = checkParams(expected, params);
  return problems.length > 0 ? problems.map((problem) => ({ ...problem })) : undefined;
}

/** The contact of an item; the first item of a new one makes its card. */
function contactOf(
  entry: Of<EventItem | IdentifyItem | MembershipItem | AliasItem | OrderItem>,
  set: WorkingSet,
): ContactState {
  const { contactId, workspaceId, receivedAt, item } = entry;
  let contact = set.contacts.get(contactId);
  if (!contact) {
    contact = {
      id: contactId,
      workspaceId,
      externalId: set.externalIds.get(contactId) ?? null,
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

/** First out, then in: a list that is named twice is entered. */
function changeLists(
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

function act(
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

function change(
  entry: Of<EventItem | IdentifyItem | OrderItem>,
  set: WorkingSet,
  contact: ContactState,
  { fields, weak }: { fields: JsonObject; weak: boolean },
): void {
  const { item, workspaceId } = entry;
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
  if (!entry.indexed) tellIndexed(entry, set, contact, { changes, weak });
  for (const { field, to } of changes) {
    if (field !== 'email' && field !== 'phone') continue;
    set.addresses.push({
      contactId: contact.id,
      workspaceId,
      channel: field === 'email' ? 'email' : 'sms',
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

/** What was claimed without proof can be seen on the card, and is not taken over. */
function keepUnverified(entry: Of<IdentifyItem>, set: WorkingSet, claimed: JsonObject): void {
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
function problemsOf(entry: Of<IdentifyItem>, set: WorkingSet): { path: string; message: string }[] {
  return checkFields({
    fields: entry.item.fields,
    rules: set.rules.get(entry.workspaceId)!,
    country: set.countries.get(entry.workspaceId),
  });
}

function sight(
  entry: Of<EventItem | IdentifyItem>,
  set: WorkingSet,
  contact: ContactState,
  device: DeviceFacts | undefined,
): void {
  if (!device) return;
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

/** Activity moves last_seen_at forward, never back. */
function see(set: WorkingSet, contact: ContactState, at: number): void {
  if (contact.lastSeenAt !== null && contact.lastSeenAt >= at) return;
  contact.lastSeenAt = at;
  set.seen.set(contact.id, at);
}

/** A fact that the program itself finds: it has no time but the item's. */
function own(
  entry: Stamped,
  set: WorkingSet,
  type: string,
  params: JsonObject,
  { key, flags = 0 }: { key?: string; flags?: number } = {},
): void {
  const { item } = entry;
  set.facts.push({
    workspaceId: entry.workspaceId,
    contactId: entry.contactId,
    type,
    // The change becomes true when it is applied, whenever the value was set.
    occurredAt: entry.receivedAt,
    receivedAt: entry.receivedAt,
    source: item.source,
    ...(key !== undefined && { key }),
    params,
    flags,
    depth: 'depth' in item ? (item.depth ?? 0) : 0,
  });
}

function answer(entry: Stamped, set: WorkingSet, outcome: ItemOutcome): void {
  tell(entry.item, outcome, set);
}

import { dropChoices, saveChoices } from '../../categories/index.ts';
import {
  confirmAddresses,
  dropConflicts,
  dropEarlierValues,
  dropLostDevices,
  loadContacts,
  loadEarlierValues,
  readDevices,
  saveAddresses,
  saveConflicts,
  saveContacts,
  saveDevices,
  saveEarlierValues,
  saveRefusals,
  unmakeConflicts,
  type CustomRules,
  type EarlierValue,
  type FieldCatalogue,
  withdrawAddresses,
} from '../../contacts/index.ts';
import type { BatchLive, Live, Touch } from '../../evaluation/index.ts';
import { lacksDevice, type EventTypes, type Fact } from '../../events/index.ts';
import type { Stamped } from '../../inbox/index.ts';
import {
  loadOrders,
  ORDER_FACTS,
  orderKey,
  saveOrders,
  type OrderState,
} from '../../orders/index.ts';
import { enqueueStamped } from '../../slots/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { BatchEngine, Engine } from './engine.ts';
import { writeOutcomes } from '../outcomes.ts';
import { eraseContacts } from '../erase/erase-contacts.ts';
import { handleItem } from './handle-item.ts';
import { followRuns, hear, heardFacts, layersOf } from './hear.ts';
import { loadConsents } from './load-consents.ts';
import { planRounds, type ArrivedJoint } from './plan-rounds.ts';
import { isMentioned, jointTouches, touchesOf } from './touches.ts';
import { createWorkingSet, type CausedItem, type ToIndex, type WorkingSet } from './working-set.ts';
import { applyJoint } from '../merge/apply-joint.ts';
import { strayReports } from '../merge/stray-reports.ts';
import { externalIdsOf } from '../resolve/queries.ts';
import { withoutRepeats } from './without-repeats.ts';
import { storeFacts, tellContacts, writeFacts } from './write-facts.ts';
import { writeMemberships } from './write-memberships.ts';

/** What a worker keeps between batches. */
export interface ApplyParts {
  engine: Engine;
  live: Live;
  types: EventTypes;
  catalogue: FieldCatalogue;
  /** Default country of phone numbers, by workspace. */
  countries: Map<number, string>;
  slots: number;
  /** Sees the facts of items as they are stored; the batch may yet be rolled back. */
  onFacts?: (facts: readonly Fact[]) => void;
}

/** The same, with the definitions that one batch follows. */
export type BatchParts = Omit<ApplyParts, 'engine' | 'live'> & {
  engine: BatchEngine;
  live: BatchLive;
  /** One that the batch owns: it counts there. */
  slot: number;
  /** Appended to the inbox with the batch. */
  toIndex: ToIndex[];
  caused: CausedItem[];
};

/** Facts that make a contact's item loud whatever its kind. */
const ALWAYS_LOUD = new Set(['start', 'stop', 'steer', 'delete', 'erase', 'merge', 'unmerge']);

/** Types of facts that items other than events may cause. */
const CAUSED: Record<string, string[]> = {
  identify: [
    'ContactCreated',
    'FieldChanged',
    'SegmentEntered',
    'SegmentLeft',
    'SubscriptionChanged',
  ],
  membership: ['ContactCreated', 'SegmentEntered', 'SegmentLeft'],
  consent: ['SubscriptionChanged', 'SubscriptionConfirmed'],
  take_back: ['FieldChanged', 'SubscriptionChanged'],
  alias: ['ContactCreated'],
  event: ['ContactCreated', 'FieldChanged'],
  order: ['ContactCreated', ...ORDER_FACTS],
  suppression: ['MessageUnsubscribed', 'MessageComplained', 'SubscriptionChanged'],
  delivery: [
    'MessageSent',
    'MessageDelivered',
    'MessageOpened',
    'MessageClicked',
    'MessageUndelivered',
  ],
};

/** Applies items in rounds, each written as a dozen statements. */
export async function applyPart(
  tx: Tx,
  parts: BatchParts,
  { entries, now }: { entries: Stamped[]; now: Date },
): Promise<void> {
  const fresh = await withoutRepeats(tx, parts, { entries, now });
  const rounds = planRounds(fresh, (entry) => isLoud(entry, parts));
  for (const round of rounds) {
    await applyRound(tx, parts, { entries: round.entries, now });
    if (round.joint.length === 0) continue;
    await catchUp(tx, parts, { until: jointUntil(round.joint), now });
    const { engine, types, slots } = parts;
    const pending = await applyJoint(tx, { items: round.joint, engine, slots, now });
    await writeFacts(tx, { pending, types, slot: parts.slot, now });
    await followJoint(tx, parts, { touches: jointTouches(pending), now });
  }
}

/**
 * Rules are asked anew about contacts that became one, or two again; what they enter stops runs, and
 * so does what one of two was in if they are in it as one.
 */
async function followJoint(
  tx: Tx,
  parts: BatchParts,
  { touches, now }: { touches: Touch[]; now: Date },
): Promise<void> {
  const { live, types, slot } = parts;
  const contactIds = [...new Set(touches.map(({ contactId }) => contactId))];
  const contacts = await loadContacts(tx, { ids: contactIds });
  const pending = await live.follow(tx, { touches: lastOfEach(touches), contacts, now });
  const facts = await writeFacts(tx, { pending, types, slot, now });
  await hear(tx, parts, { facts, now });
  const merged = touches.filter(({ cause }) => cause === 'merge');
  if (merged.length === 0) return;
  const survivors = [...new Set(merged.map(({ contactId }) => contactId))];
  await parts.engine.stopMembers(tx, { contactIds: survivors, now });
}

function lastOfEach(touches: readonly Touch[]): Touch[] {
  return [...new Map(touches.map((touch) => [touch.contactId, touch])).values()];
}

/** Whether something looks at what the item changes, so that it comes last of its contact's in a round. */
export function isLoud(entry: Stamped, { engine, live }: BatchParts): boolean {
  const { item, workspaceId, contactId } = entry;
  // Of nobody no condition asks, and no run waits.
  if (contactId === 0) return false;
  if (ALWAYS_LOUD.has(item.kind) || isMentioned(entry, live)) return true;
  // What the message is decided by is what the contact is then.
  if (item.kind === 'identify' && item.wants) return true;
  const types = engine.loudTypes(workspaceId);
  if (types.size === 0) return false;
  if (item.kind === 'event' && types.has(item.event)) return true;
  if (item.kind === 'identify' && item.announce) {
    const { created = '', existing = '' } = item.announce;
    if (types.has(created) || types.has(existing)) return true;
  }
  return (CAUSED[item.kind] ?? []).some((type) => types.has(type));
}

async function applyRound(
  tx: Tx,
  parts: BatchParts,
  { entries, now }: { entries: Stamped[]; now: Date },
): Promise<void> {
  if (entries.length === 0) return;
  await catchUp(tx, parts, { until: untilOf(entries), now });
  const ids = [...new Set(entries.map((entry) => entry.contactId))];
  const orders = await ordersOf(tx, entries);
  const via = entries.flatMap((entry) => entry.via ?? []);
  const contacts = await loadContacts(tx, { ids: [...new Set([...ids, ...via])] });
  const earlierValues = await earlierOf(tx, entries);
  const set = createWorkingSet({
    orders,
    earlierValues,
    now: now.getTime(),
    contacts,
    externalIds: await externalIdsOf(tx, {
      contactIds: ids.filter((id) => id !== 0 && !contacts.has(id)),
    }),
    rules: await rulesOf(tx, parts.catalogue, { entries, earlierValues }),
    countries: parts.countries,
    settingsOf: parts.types.settingsOf,
    indexedFields: parts.types.indexedFields,
    knownDevices: await readDevices(tx, { devices: unsaidDevices(entries) }),
    ...(await loadConsents(tx, { entries })),
  });
  for (const entry of entries) handleItem(entry, set);
  set.forwarded.push(...(await strayReports(tx, { deliveries: set.deliveries })));
  const facts = await writeSet(tx, parts, { set, now });
  // Before rules are asked: of whom there is much, the database answers.
  await tellContacts(tx, {
    pending: facts,
    seen: new Map([...set.seen].filter(([id]) => !set.changed.has(id))),
  });
  const moved = await followRound(tx, parts, { entries, set, facts, now });
  await reactTo(tx, parts, { set, facts: [...facts, ...moved], now });
  await followRuns(tx, parts, { now });
  await eraseContacts(tx, { erasures: set.erasures, slot: parts.slot, slots: parts.slots, now });
  parts.toIndex.push(...set.toIndex);
  await writeOutcomes(tx, { ...set, now });
}

/** What time did to these contacts' memberships before the items arrived comes before them. */
async function catchUp(
  tx: Tx,
  parts: BatchParts,
  { until, now }: { until: Map<number, number>; now: Date },
): Promise<void> {
  const { live, types, slot } = parts;
  const pending = await live.catchUp(tx, { until, now });
  if (pending.length === 0) return;
  const facts = await writeFacts(tx, { pending, types, slot, now });
  await hear(tx, parts, { facts, now });
}

function untilOf(entries: Stamped[]): Map<number, number> {
  const until = new Map<number, number>();
  for (const { contactId, receivedAt } of entries) {
    if (contactId !== 0) until.set(contactId, Math.max(receivedAt, until.get(contactId) ?? 0));
  }
  return until;
}

function jointUntil(joint: ArrivedJoint[]): Map<number, number> {
  return new Map(
    joint.flatMap(({ item: { keepId, dropId }, receivedAt }) => [
      [keepId, receivedAt],
      [dropId, receivedAt],
    ]),
  );
}

/** The rules of segments are asked what the round changed. */
async function followRound(
  tx: Tx,
  { live, types, slot }: BatchParts,
  { entries, set, facts, now }: { entries: Stamped[]; set: WorkingSet; facts: Fact[]; now: Date },
): Promise<Fact[]> {
  const touches = touchesOf(entries, { set, facts, live });
  const pending = await live.follow(tx, { touches, contacts: set.contacts, now });
  return writeFacts(tx, { pending, types, slot, now });
}

/** Devices of events that do not say what they are: what is known of them is added. */
function unsaidDevices(entries: Stamped[]): { contactId: number; deviceId: string }[] {
  return entries.flatMap(({ contactId, item }) =>
    item.kind === 'event' && item.device && lacksDevice(item.params)
      ? [{ contactId, deviceId: item.device.deviceId }]
      : [],
  );
}

async function ordersOf(tx: Tx, entries: Stamped[]): Promise<Map<string, OrderState>> {
  const keys = entries.flatMap(({ contactId, item }) =>
    item.kind === 'order' ? [{ contactId, externalOrderId: item.order.externalOrderId }] : [],
  );
  const orders = await loadOrders(tx, { keys });
  return new Map(orders.map((order) => [orderKey(order), order]));
}

/** What is to be taken back of the contacts of these items. */
async function earlierOf(tx: Tx, entries: Stamped[]): Promise<Map<string, EarlierValue[]>> {
  const asked = entries.flatMap(({ contactId, item }) =>
    item.kind === 'take_back' ? [{ contactId, job: item.job }] : [],
  );
  return loadEarlierValues(tx, {
    contactIds: [...new Set(asked.map(({ contactId }) => contactId))],
    jobIds: [...new Set(asked.map(({ job }) => job))],
  });
}

async function rulesOf(
  tx: Tx,
  catalogue: FieldCatalogue,
  { entries, earlierValues }: Pick<WorkingSet, 'earlierValues'> & { entries: Stamped[] },
): Promise<Map<number, CustomRules>> {
  const fields = new Map<number, Set<string>>();
  for (const { workspaceId, item } of entries) {
    let set = fields.get(workspaceId);
    if (!set) fields.set(workspaceId, (set = new Set()));
    const sent = item.kind === 'identify' || item.kind === 'event' ? item.fields : undefined;
    for (const field of Object.keys(sent ?? {})) set.add(field);
    if (item.kind === 'convert') set.add(item.field);
  }
  for (const { workspaceId, subject } of [...earlierValues.values()].flat()) {
    if (subject.startsWith('field:')) fields.get(workspaceId)?.add(subject.slice('field:'.length));
  }
  const rules = new Map<number, CustomRules>();
  for (const [workspaceId, set] of fields)
    rules.set(workspaceId, await catalogue.rules(tx, workspaceId, set));
  return rules;
}

async function writeSet(
  tx: Tx,
  { types, slots, slot, engine, onFacts }: BatchParts,
  { set, now }: { set: WorkingSet; now: Date },
): Promise<Fact[]> {
  await saveContacts(tx, { contacts: [...set.changed].map((id) => set.contacts.get(id)!) });
  await saveDevices(tx, { sightings: set.devices });
  await withdrawAddresses(tx, { withdrawals: set.withdrawals });
  await saveAddresses(tx, { changes: set.addresses });
  // What was seen and lost in one round is lost, with its address.
  await dropLostDevices(tx, { lost: set.lost });
  await confirmAddresses(tx, { confirmations: set.confirmations });
  await dropChoices(tx, { choices: set.droppedChoices });
  await saveChoices(tx, { choices: set.newChoices });
  await saveEarlierValues(tx, { earlier: set.earlier });
  await dropEarlierValues(tx, { takenBack: set.takenBack });
  const moved = await writeMemberships(tx, { set, slots });
  await saveConflicts(tx, { conflicts: set.conflicts });
  await dropConflicts(tx, { settled: set.settled });
  await unmakeConflicts(tx, { conflicts: set.unmadeConflicts });
  await saveOrders(tx, { orders: [...set.changedOrders].map((key) => set.orders.get(key)!) });
  await saveRefusals(tx, { refusals: set.refusals });
  await enqueueStamped(tx, { stamped: set.forwarded, slots });
  const fromDeliveries =
    set.deliveries.length > 0
      ? await engine.applyDeliveries(tx, { entries: set.deliveries, slots, now })
      : [];
  const pending = [...set.facts, ...moved, ...fromDeliveries];
  const facts = await storeFacts(tx, { pending, types, slot, now });
  onFacts?.(facts);
  return facts;
}

async function reactTo(
  tx: Tx,
  parts: BatchParts,
  { set, facts, now }: { set: WorkingSet; facts: Fact[]; now: Date },
): Promise<void> {
  const { engine } = parts;
  const { contacts, fieldChanges } = set;
  if (set.deleted.size > 0)
    await engine.endRuns(tx, { contacts: set.deleted, reason: 'deleted', now });
  if (set.erasures.length > 0) {
    const gone = new Map(set.erasures.map(({ contactId, receivedAt }) => [contactId, receivedAt]));
    await engine.endRuns(tx, { contacts: gone, reason: 'erased', now });
  }
  if (set.stops.length > 0)
    set.outcomes.push(...(await engine.stop(tx, { entries: set.stops, now })));
  if (set.steers.length > 0) {
    set.outcomes.push(...(await engine.steer(tx, { entries: set.steers, contacts, now })));
  }
  for (const layer of layersOf(heardFacts(facts, parts))) {
    await engine.matchFacts(tx, { facts: layer, fieldChanges, contacts, now });
  }
  if (set.schedules.length > 0) {
    await engine.schedule(tx, { entries: set.schedules, contacts });
  }
  if (set.resumes.length > 0) await engine.resume(tx, { entries: set.resumes, now });
  if (set.sends.length > 0) await engine.send(tx, { entries: set.sends, contacts, now });
  if (set.wanted.length > 0) await engine.sendWanted(tx, { entries: set.wanted, now });
  if (set.starts.length > 0) {
    set.outcomes.push(...(await engine.start(tx, { entries: set.starts, contacts, now })));
  }
}

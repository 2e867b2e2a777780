import { EVERYTHING, type BatchLive, type Touch } from '../../evaluation/index.ts';
import { FACT_FLAGS } from '../../events/index.ts';
import type { Stamped } from '../../inbox/index.ts';
import type { PendingFact, WorkingSet } from './working-set.ts';

/** Facts that say that something besides them changed. */
const ALSO_CHANGED = new Map([
  ['ContactCreated', [EVERYTHING]],
  ['SubscriptionChanged', ['category', 'channel']],
  ['SubscriptionConfirmed', ['channel']],
  ['MessageUnsubscribed', ['channel']],
  ['MessageComplained', ['channel']],
]);

const MESSAGE_KEYS = new Map([
  ['MessageSent', 'message:sent'],
  ['MessageDelivered', 'message:delivered'],
  ['MessageOpened', 'message:opened'],
  ['MessageClicked', 'message:clicked'],
  ['MessageUndelivered', 'message:undelivered'],
  ['MessageUnsubscribed', 'message:unsubscribed'],
  ['MessageComplained', 'message:complained'],
]);

/** That runs of a workflow began or ended. */
export function workflowKey(workflowId: number): string {
  return `workflow:${workflowId}`;
}

interface Touched extends Touch {
  keys: Set<string>;
}

/** What of which contacts a round changed, as rules of segments name it. */
export function touchesOf(
  entries: readonly Stamped[],
  { set, facts, live }: { set: WorkingSet; facts: readonly PendingFact[]; live: BatchLive },
): Touch[] {
  const touches = new Map<number, Touched>();
  for (const entry of entries) {
    const { contactId, workspaceId, receivedAt, item } = entry;
    if (contactId === 0) continue;
    const known = touches.get(contactId);
    const at = Math.max(receivedAt, known?.at ?? 0);
    const depth = 'depth' in item ? (item.depth ?? 0) : 0;
    const keys = known?.keys ?? new Set<string>();
    touches.set(contactId, {
      contactId,
      workspaceId,
      at,
      keys,
      cause: known?.cause ?? 'data',
      by: known?.by ?? (item.kind === 'runs' ? workflowKey(item.workflowIds[0]!) : undefined),
      source: item.source,
      depth: Math.max(depth, known?.depth ?? 0),
    });
    if (item.kind === 'delete' || item.kind === 'erase') keys.add(EVERYTHING);
    if (item.kind === 'runs') for (const id of item.workflowIds) keys.add(workflowKey(id));
    if (isNamed(entry)) for (const key of NAMED) keys.add(key);
  }
  addFacts(touches, facts, ridingAlong(entries, live));
  addRows(touches, set);
  return [...touches.values()].filter(({ keys }) => keys.size > 0);
}

/** What facts alone tell, such as those that steps of runs cause. */
export function touchesOfFacts(facts: readonly PendingFact[]): Touch[] {
  const touches = new Map<number, Touched>();
  for (const { contactId, workspaceId, receivedAt, source, depth } of facts) {
    if (contactId === 0) continue;
    const known = touches.get(contactId);
    touches.set(contactId, {
      contactId,
      workspaceId,
      at: Math.max(receivedAt, known?.at ?? 0),
      keys: known?.keys ?? new Set(),
      cause: 'data',
      source,
      depth: Math.max(depth, known?.depth ?? 0),
    });
  }
  addFacts(touches, facts);
  return [...touches.values()];
}

/** Contacts that became one, or two again: everything about them may be another. */
export function jointTouches(facts: readonly PendingFact[]): Touch[] {
  return facts.map(({ contactId, workspaceId, receivedAt, type, source, depth }) => ({
    contactId,
    workspaceId,
    at: receivedAt,
    keys: new Set([EVERYTHING]),
    cause: type === 'ContactMerged' ? 'merge' : 'unmerge',
    source,
    depth,
  }));
}

/**
 * Events that no rule looks at and that ride with one that is looked at, as contact and type: however
 * late or past they are, nobody enters or leaves by them.
 */
function ridingAlong(entries: readonly Stamped[], live: BatchLive): ReadonlySet<string> {
  const [riding, looked] = [new Set<string>(), new Set<string>()];
  for (const entry of entries) {
    const { contactId, item } = entry;
    if (item.kind !== 'event') continue;
    (isMentioned(entry, live) ? looked : riding).add(`${contactId} ${item.event}`);
  }
  return new Set([...riding].filter((one) => !looked.has(one)));
}

function addFacts(
  touches: Map<number, Touched>,
  facts: readonly PendingFact[],
  riding: ReadonlySet<string> = new Set(),
): void {
  for (const fact of facts) {
    const touch = touches.get(fact.contactId);
    if (!touch) continue;
    const key = keyOf(fact);
    const keys = [
      key,
      ...changedFields(fact),
      ...corrections(fact),
      ...(ALSO_CHANGED.get(fact.type) ?? []),
    ];
    for (const one of keys) touch.keys.add(one);
    if (riding.has(`${fact.contactId} ${fact.type}`)) continue;
    touch.by = touch.by === undefined || !isFieldChange(fact) ? key : touch.by;
    if (fact.occurredAt !== touch.at) touch.happenedAt = fact.occurredAt;
    if ((fact.flags & FACT_FLAGS.past) !== 0) touch.cause = 'past_event';
  }
}

function isFieldChange({ type }: PendingFact): boolean {
  return type === 'FieldChanged';
}

function keyOf({ type, key }: PendingFact): string {
  if (type === 'SegmentEntered' || type === 'SegmentLeft') return `segment:${key}`;
  return MESSAGE_KEYS.get(type) ?? `event:${type}`;
}

/** A visit that a machine made may have shown that earlier ones were a machine's, too. */
function corrections({ type, params }: PendingFact): string[] {
  const isVisit = type === 'MessageOpened' || type === 'MessageClicked';
  return isVisit && params['machine'] ? ['message:opened', 'message:clicked'] : [];
}

function changedFields({ type, params }: PendingFact): string[] {
  if (type !== 'FieldChanged') return [];
  const changes = params['changes'] as { field: string }[];
  return [
    'field:updated_at',
    ...changes.flatMap(({ field }) => [`field:${field}`, ...placesOf(field)]),
  ];
}

/** The addresses that a field is. */
function placesOf(field: string): string[] {
  return field === 'email' || field === 'phone' ? ['channel'] : [];
}

/** What is no fact: rows that a round wrote. */
function addRows(touches: Map<number, Touched>, set: WorkingSet): void {
  const add = (contactId: number, ...keys: string[]): void => {
    const touch = touches.get(contactId);
    if (touch) for (const key of keys) touch.keys.add(key);
  };
  // The app shows messages to whoever it knows by an external ID; other identifiers are addresses, too.
  for (const id of set.changed) add(id, 'field:updated_at', 'field:external_id', 'channel');
  for (const id of set.seen.keys()) add(id, 'field:last_seen_at');
  for (const { contactId } of set.devices) add(contactId, ...DEVICE);
  for (const { contactId } of set.lost) add(contactId, ...DEVICE);
  for (const { contactId } of set.addresses) add(contactId, 'channel');
  for (const { contactId } of set.confirmations) add(contactId, 'channel');
  for (const { contactId } of set.withdrawals) add(contactId, 'channel');
  for (const { contactId } of set.newChoices) add(contactId, 'category', 'channel');
  for (const { contactId } of set.droppedChoices) add(contactId, 'category', 'channel');
  for (const key of set.changedOrders) add(set.orders.get(key)!.contactId, 'order');
  for (const { contactId, field } of set.fieldChanges) add(contactId, `field:${field}`);
  for (const { contactId, act } of set.memberships) {
    if (act.kind === 'restore') add(contactId, EVERYTHING);
  }
}

const DEVICE = ['device', 'channel', 'field:device_platform'];

/** What else the contact is found by is data of its card, and may be an address. */
const NAMED = ['field:external_id', 'field:updated_at', 'channel'];

function isNamed({ gained, externalId }: Stamped): boolean {
  return gained !== undefined || externalId !== undefined;
}

/**
 * Whether rules of segments may look at what an item changes, so that it must be applied as the
 * last of its contact's in a round.
 */
export function isMentioned(entry: Stamped, live: BatchLive): boolean {
  const { item, workspaceId, minted } = entry;
  if (!live.hasRules(workspaceId)) return false;
  if (item.kind !== 'event' || minted) return true;
  const mentions = (key: string) => live.mentions(workspaceId, key);
  return (
    mentions(`event:${item.event}`) ||
    (!item.passive && mentions('field:last_seen_at')) ||
    (item.device !== undefined && DEVICE.some(mentions)) ||
    (isNamed(entry) && NAMED.some(mentions)) ||
    (item.fields !== undefined &&
      ['updated_at', ...Object.keys(item.fields)].some((field) =>
        [`field:${field}`, ...placesOf(field)].some(mentions),
      ))
  );
}

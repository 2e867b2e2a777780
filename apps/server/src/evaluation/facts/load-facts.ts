import {
  enoughForAll,
  type ChannelFact,
  type DeviceFact,
  type EventFact,
  type Facts,
  type MessageAction,
  type MessageFact,
  type RunFact,
} from '@perennial/conditions';
import { findSubscribed } from '../../categories/index.ts';
import { readDeviceFacts, readPlatforms, type ContactState } from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import type { EventTypeIds } from '../../events/index.ts';
import { ordersOfContacts } from '../../orders/index.ts';
import { readEntries } from '../../segments/index.ts';
import { findChannelFacts, readMessageFacts } from '../../sends/index.ts';
import { contactFields, zoneOf } from './contact-fields.ts';
import { findEvents, findFewEvents, type WantedEvents, type WantedFew } from './find-events.ts';
import type { NeededFacts } from './needed-facts.ts';

/** A contact, and what is asked of it as of an instant. */
export interface FactsAsked {
  contact: ContactState;
  /** Epoch milliseconds. */
  at: number;
  needs: NeededFacts;
  /** It has very many events: only those that decide are read. */
  isBusy?: boolean;
}

export interface FactParts {
  workspaceId: number;
  workspaceZone: string;
  workspaceCurrency: string;
  eventTypes: EventTypeIds;
  readRuns: ReadRuns;
  now: Date;
}

/** Runs of these workflows, by contact: the room that keeps them lies to the right. */
export type ReadRuns = (
  db: Db,
  which: { contactIds: number[]; workflowIds: number[] },
) => Promise<ReadonlyMap<number, readonly RunFact[]>>;

/**
 * The facts of contacts of one workspace, in the order they were asked; a statement for each kind
 * of fact that is needed of any of them.
 */
export async function loadFacts(
  db: Db,
  asked: readonly FactsAsked[],
  parts: FactParts,
): Promise<Facts[]> {
  const events = await loadEvents(db, asked, parts);
  const segments = await loadEntries(db, asked);
  const orders = await loadOrders(db, asked);
  const platforms = await loadPlatforms(db, asked);
  const categories = await loadCategories(db, asked, parts);
  const channels = await loadChannels(db, asked, parts);
  const messages = await loadMessages(db, asked, parts);
  const devices = await loadDevices(db, asked);
  const runs = await loadRuns(db, asked, parts);
  return asked.map(({ contact, at }, n) => ({
    now: at,
    workspaceZone: parts.workspaceZone,
    workspaceCurrency: parts.workspaceCurrency,
    contactZone: zoneOf(contact),
    fields: { ...contactFields(contact), device_platform: platforms.get(contact.id) ?? null },
    events: events.get(contact.id) ?? NO_EVENTS,
    orders: orders.get(contact.id),
    segments: segments.get(contact.id),
    categories: categories.get(contact.id),
    channels: channels[n],
    messages: messages.get(contact.id),
    devices: devices.get(contact.id),
    runs: runs.get(contact.id),
  }));
}

type EventsByType = Map<string, EventFact[]>;

const NO_EVENTS: ReadonlyMap<string, readonly EventFact[]> = new Map();

async function loadEvents(
  db: Db,
  asked: readonly FactsAsked[],
  { workspaceId, eventTypes, now }: FactParts,
): Promise<Map<number, EventsByType>> {
  const types = new Set(asked.flatMap(({ needs }) => [...needs.events.keys()]));
  if (types.size === 0) return new Map();
  const ids = await eventTypes.idsOf(workspaceId, types, now);
  const wanted = asked.flatMap(({ contact, needs, at, isBusy = false }) =>
    [...needs.events].map(([type, needed]) => ({
      contactId: contact.id,
      typeId: ids.get(type)!,
      at,
      isBusy,
      ...needed,
    })),
  );
  const found = [
    ...(await findEvents(db, { wanted: onlyOnce(wanted.filter(({ isBusy }) => !isBusy)) })),
    ...(await findFewEvents(db, { wanted: onlyOnce(wanted.filter(({ isBusy }) => isBusy)) })),
  ];
  const keys = new Map([...types].map((type) => [ids.get(type)!, type]));
  const loaded = new Map<number, EventsByType>();
  for (const row of found) {
    const event = keys.get(row.event_type_id)!;
    const own = loaded.get(row.contact_id) ?? new Map<string, EventFact[]>();
    loaded.set(row.contact_id, own);
    const facts = own.get(event);
    const fact: EventFact = {
      event,
      occurredAt: row.occurred_at.getTime(),
      params: row.params ?? {},
      key: row.key,
      source: row.source,
      context: row.context,
    };
    if (facts) facts.push(fact);
    else own.set(event, [fact]);
  }
  return loaded;
}

type Wanted = WantedEvents & WantedFew;

/**
 * A contact that is asked about several instants brings its events once; what is few as of the first
 * instant, with all that lie ahead of it, is enough as of the others.
 */
function onlyOnce(wanted: readonly Wanted[]): Wanted[] {
  const joined = new Map<string, Wanted>();
  for (const row of wanted) {
    const key = `${row.contactId} ${row.typeId}`;
    const known = joined.get(key);
    joined.set(
      key,
      known
        ? {
            ...row,
            from: Math.min(row.from, known.from),
            withParams: row.withParams || known.withParams,
            withContext: row.withContext || known.withContext,
            at: Math.min(row.at, known.at),
            enough: enoughForAll([row.enough, known.enough]),
          }
        : row,
    );
  }
  return [...joined.values()];
}

/** Since when the contacts are in the segments that are named. */
async function loadEntries(
  db: Db,
  asked: readonly FactsAsked[],
): Promise<Map<number, Map<string, number>>> {
  const asking = asked.filter(({ needs }) => needs.segments.size > 0);
  if (asking.length === 0) return new Map();
  const named = new Set(asking.flatMap(({ needs }) => [...needs.segments]));
  return readEntries(db, { contactIds: idsOf(asking), segmentIds: [...named].map(Number) });
}

/** What the devices of the contacts run. */
async function loadPlatforms(db: Db, asked: readonly FactsAsked[]): Promise<Map<number, string[]>> {
  const asking = asked.filter(({ needs }) => needs.fields.has('device_platform'));
  if (asking.length === 0) return new Map();
  return readPlatforms(db, { contactIds: idsOf(asking) });
}

/** The orders of the contacts, as conditions see them. */
async function loadOrders(
  db: Db,
  asked: readonly FactsAsked[],
): Promise<Map<number, readonly EventFact[]>> {
  const asking = asked.filter(({ needs }) => needs.orders);
  const found = await ordersOfContacts(db, { contactIds: idsOf(asking) });
  return new Map(
    [...Map.groupBy(found, (order) => order.contactId)].map(([id, own]) => [
      id,
      own.map((order) => ({
        event: 'order',
        occurredAt: order.orderedAt,
        params: {
          ...order.details,
          id: order.externalOrderId,
          status: order.status,
          total: order.total,
          currency: order.currency,
          items: order.items,
        },
        key: order.externalOrderId,
        source: order.source,
      })),
    ]),
  );
}

async function loadCategories(
  db: Db,
  asked: readonly FactsAsked[],
  { workspaceId }: FactParts,
): Promise<Map<number, Set<string>>> {
  const asking = asked.filter(({ needs }) => needs.categories);
  if (asking.length === 0) return new Map();
  const subscribed = await findSubscribed(db, { workspaceId, contactIds: idsOf(asking) });
  return new Map([...subscribed].map(([id, rows]) => [id, new Set(rows.map(({ key }) => key))]));
}

/** In the order asked: a block may have ended between two instants that are asked about. */
async function loadChannels(
  db: Db,
  asked: readonly FactsAsked[],
  { workspaceId }: FactParts,
): Promise<(ChannelFact[] | undefined)[]> {
  const asking = asked.filter(({ needs }) => needs.channels.size > 0);
  const channels = new Set(asking.flatMap(({ needs }) => [...needs.channels]));
  const found = await findChannelFacts(db, {
    workspaceId,
    asked: asking.map(({ contact, at }) => ({ contactId: contact.id, at })),
    channels: [...channels],
  });
  const facts = new Map(asking.map((one, n) => [one, found[n]!]));
  return asked.map((one) => facts.get(one));
}

/** What became of messages to the contacts. */
async function loadMessages(
  db: Db,
  asked: readonly FactsAsked[],
  { workspaceId, eventTypes, now }: FactParts,
): Promise<ReadonlyMap<number, ReadonlyMap<MessageAction, readonly MessageFact[]>>> {
  const asking = asked.filter(({ needs }) => needs.messages.size > 0);
  const actions = new Map<MessageAction, number>();
  for (const [name, from] of asking.flatMap(({ needs }) => [...needs.messages])) {
    const action = name as MessageAction;
    actions.set(action, Math.min(from, actions.get(action) ?? Infinity));
  }
  const outcomes = new Set(asking.flatMap(({ needs }) => [...needs.outcomes]));
  const contactIds = idsOf(asking);
  return readMessageFacts(db, { workspaceId, contactIds, actions, outcomes, eventTypes, now });
}

async function loadDevices(
  db: Db,
  asked: readonly FactsAsked[],
): Promise<Map<number, DeviceFact[]>> {
  return readDeviceFacts(db, { contactIds: idsOf(asked.filter(({ needs }) => needs.devices)) });
}

async function loadRuns(
  db: Db,
  asked: readonly FactsAsked[],
  { readRuns }: FactParts,
): Promise<ReadonlyMap<number, readonly RunFact[]>> {
  const asking = asked.filter(({ needs }) => needs.workflows.size > 0);
  if (asking.length === 0) return new Map();
  const workflows = new Set(asking.flatMap(({ needs }) => [...needs.workflows]));
  return readRuns(db, { contactIds: idsOf(asking), workflowIds: [...workflows].map(Number) });
}

function idsOf(asked: readonly FactsAsked[]): number[] {
  return [...new Set(asked.map(({ contact }) => contact.id))];
}

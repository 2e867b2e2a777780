import type { InboxItem, OrderFacts, OrderItem } from '../../inbox/index.ts';
import { orderOfEvent } from '../../orders/index.ts';

/** Whose orders are, as far as a batch needs it, and which it gives to somebody first. */
export interface OrderDirectory {
  ownerOf(externalOrderId: string): number | undefined;
  own(externalOrderId: string, contactId: number): void;
  fresh(): [externalOrderId: string, contactId: number][];
}

export function createOrderDirectory(known: ReadonlyMap<string, number>): OrderDirectory {
  const fresh = new Map<string, number>();
  return {
    ownerOf: (id) => known.get(id) ?? fresh.get(id),
    own: (id, contactId) => void fresh.set(id, contactId),
    fresh: () => [...fresh],
  };
}

// A batch may be resolved several times over, and its items are checked once.
const read = new WeakMap<InboxItem, OrderFacts | undefined>();

/** What an item says about an order, if it does. */
export function orderIn(item: InboxItem): OrderFacts | undefined {
  if (item.kind === 'order') return item.order;
  if (item.kind !== 'event') return undefined;
  if (!read.has(item)) read.set(item, orderOfEvent(item.event, item.params));
  return read.get(item);
}

/** The order that an event tells of, as an item of its own behind it. */
export function orderItemOf(item: InboxItem, order: OrderFacts): OrderItem {
  const { at, source, depth } = item;
  const flags = item.kind === 'event' ? item.flags : undefined;
  return {
    kind: 'order',
    ids: [],
    at,
    source,
    order,
    fields: {},
    ...(depth !== undefined && { depth }),
    ...(flags !== undefined && { flags }),
  };
}

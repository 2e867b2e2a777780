import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, OrderFacts } from '../inbox/index.ts';
import type { OrderState } from './order.ts';

export type OrderChange =
  | { kind: 'changed'; order: OrderState }
  /** Said before, or older than what is known. */
  | { kind: 'nothing new' }
  | { kind: 'unknown'; reason: string };

/**
 * What an order is after something was said about it. What was said of it at a later time stands;
 * members that are left out stay.
 */
export function changeOrder(
  known: OrderState | undefined,
  {
    facts,
    at,
    receivedAt,
    ...whose
  }: {
    contactId: number;
    workspaceId: number;
    facts: OrderFacts;
    source: string;
    at: number;
    receivedAt: number;
  },
): OrderChange {
  if (!known) return newOrder({ ...whose, facts, at, receivedAt });
  if (at < known.setAt) return { kind: 'nothing new' };
  const order: OrderState = {
    ...known,
    ...valuesOf(facts, known),
    source: whose.source,
    setAt: at,
    updatedAt: receivedAt,
  };
  const { source: _s, setAt: _a, updatedAt: _u, ...before } = known;
  const { source: _source, setAt: _setAt, updatedAt: _updatedAt, ...after } = order;
  return isDeepStrictEqual(before, after) ? { kind: 'nothing new' } : { kind: 'changed', order };
}

function newOrder({
  facts,
  at,
  receivedAt,
  ...whose
}: Parameters<typeof changeOrder>[1]): OrderChange {
  const { status, total } = facts;
  if (facts.mustExist) return { kind: 'unknown', reason: 'There is no such order.' };
  if (status === undefined || total === undefined) {
    return { kind: 'unknown', reason: 'A new order takes a status and a total.' };
  }
  const nothing = { currency: null, orderedAt: at, items: [] as Json[], details: {} as JsonObject };
  return {
    kind: 'changed',
    order: {
      ...whose,
      externalOrderId: facts.externalOrderId,
      ...valuesOf(facts, { status, total, ...nothing }),
      setAt: at,
      createdAt: receivedAt,
      updatedAt: receivedAt,
    },
  };
}

type Values = Pick<OrderState, 'status' | 'total' | 'currency' | 'orderedAt' | 'items' | 'details'>;

function valuesOf(facts: OrderFacts, known: Values): Values {
  return {
    status: facts.status ?? known.status,
    total: facts.total ?? known.total,
    currency: facts.currency ?? known.currency,
    orderedAt: facts.orderedAt ?? known.orderedAt,
    items: facts.items ?? known.items,
    details: { ...known.details, ...facts.details },
  };
}

/** As the fact of its state tells it, in the words of the API. */
export function describeOrder(order: OrderState): JsonObject {
  return {
    externalOrderId: order.externalOrderId,
    status: order.status,
    totalCost: order.total,
    ...(order.currency !== null && { currency: order.currency }),
    date: new Date(order.orderedAt).toISOString(),
    ...order.details,
    items: order.items,
  };
}

import { z } from 'zod';
import { orderBody, readOrder } from '../../orders/index.ts';
import { LANES, type OrderItem } from '../../inbox/index.ts';
import { defineEndpoint, type Endpoint } from './endpoint.ts';
import { listOf } from './schemas.ts';

/** Orders that one call takes. */
const MOST_ORDERS = 1000;
const MAX_ORDERS_BYTES = 16 * 1024 * 1024;

const orders = defineEndpoint({
  method: 'POST',
  url: '/v1/orders',
  summary: 'Add and update up to 1,000 orders',
  description:
    'By externalOrderId. Makes contacts that are missing (source *order*), and changes none that ' +
    'is there. Each new state is told as the event `order<STATUS>`. Answers an empty 200, or the ' +
    'orders that were not taken, with the reason.',
  rights: ['contacts.write'],
  bodyLimit: MAX_ORDERS_BYTES,
  body: z.object({ orders: listOf(z.unknown(), { most: MOST_ORDERS }) }),
  shape: z.object({ orders: z.array(orderBody).max(MOST_ORDERS) }),
  example: {
    orders: [
      {
        externalOrderId: 'order-1',
        externalCustomerId: 'user-1',
        totalCost: 49.5,
        status: 'DELIVERED',
        date: '2026-01-31T09:30:00+02:00',
        currency: 'EUR',
        items: [{ externalItemId: 'shoe-7', name: 'Running shoe', quantity: 1, cost: 49.5 }],
      },
    ],
  },
  handler: async ({ parts, workspaceId, now, country, body }) => {
    const at = now.getTime();
    const failedOrders: { order: unknown; error: string }[] = [];
    const items: OrderItem[] = [];
    for (const order of body.orders) {
      const read = readOrder(order, { now: at, country });
      if (!read.ok) {
        failedOrders.push({ order, error: read.problem });
        continue;
      }
      const { facts, ids, fields } = read.value;
      items.push({ kind: 'order', ids, at, source: 'order', order: facts, fields });
    }
    await parts.inbox.append({ workspaceId, lane: LANES.stream, items });
    return failedOrders.length > 0 ? { failedOrders } : undefined;
  },
});

export const orderEndpoints: Endpoint[] = [orders];

import type { Json, JsonObject } from '../inbox/index.ts';

export const ORDER_STATUSES = [
  'INITIALIZED',
  'IN_PROGRESS',
  'DELIVERED',
  'CANCELLED',
  'ABANDONED_SHOPPING_CART',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** The fact that an order came into a state. */
export function factOf(status: OrderStatus): string {
  return `order${status}`;
}

/** Keys of the event types that orders cause. */
export const ORDER_FACTS = ORDER_STATUSES.map(factOf);

export interface OrderKey {
  contactId: number;
  externalOrderId: string;
}

/** An order's row as the pipeline holds it during a batch; times are epoch milliseconds. */
export interface OrderState extends OrderKey {
  workspaceId: number;
  status: OrderStatus;
  total: number;
  currency: string | null;
  orderedAt: number;
  items: Json[];
  details: JsonObject;
  source: string;
  setAt: number;
  createdAt: number;
  updatedAt: number;
}

/** As a key of a map. */
export function orderKey({ contactId, externalOrderId }: OrderKey): string {
  return `${contactId} ${externalOrderId}`;
}

import { orderSchema, type Order } from '@perennial/contracts';

const statuses = orderSchema.shape.status.options;

/** Orders of a contact, newest first; the first one's ID is as long as people make them. */
export function order(n: number): Order {
  const at = new Date(Date.UTC(2026, 5, 28, 9) - n * 5 * 86_400_000).toISOString();
  return {
    id:
      n === 0 ? 'SHOP-2026-06-28-PREPAID-EXPRESS-000000012345678901234567890' : `SHOP-${1042 - n}`,
    status: statuses[n % statuses.length]!,
    total: 49.9 + n * 137,
    currency: n === 3 ? null : 'EUR',
    ordered_at: at,
    items: Array.from({ length: n % 4 }, (_, item) => ({
      externalItemId: `p-${item}`,
      quantity: 1,
    })),
    details: {},
    source: 'order',
    created_at: at,
    updated_at: at,
  };
}

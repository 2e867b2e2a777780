import { z } from 'zod';
import { instantSchema } from './instant.ts';

/** An order of a contact, in its latest state. */
export const orderSchema = z
  .object({
    id: z.string().describe("The company's own ID of the order."),
    status: z.enum([
      'INITIALIZED',
      'IN_PROGRESS',
      'DELIVERED',
      'CANCELLED',
      'ABANDONED_SHOPPING_CART',
    ]),
    total: z.number(),
    currency: z.string().nullable().describe("ISO 4217; null: the workspace's."),
    ordered_at: instantSchema,
    items: z.array(z.json()),
    details: z.record(z.string(), z.json()).describe('What else was said of it.'),
    source: z.string(),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'Order' });
export type Order = z.input<typeof orderSchema>;

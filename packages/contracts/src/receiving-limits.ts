import { z } from 'zod';
import { instantSchema } from './instant.ts';

const rate = z.number().min(0.01).max(10_000);
const connections = z.int().min(1).max(100);
const domains = z
  .array(z.string().trim().min(3).max(253))
  .min(1)
  .max(50)
  .describe('Domains that are one to the receiver share the limit: gmail.com, googlemail.com.');

export const receivingLimitSchema = z.object({
  domains,
  rate_per_second: rate.nullable(),
  connections: connections.nullable().describe('Messages that may be under way at once.'),
});
export type ReceivingLimit = z.input<typeof receivingLimitSchema>;

export const receivingLimitsSchema = z
  .object({
    limits: z.array(receivingLimitSchema),
    slowed: z
      .array(
        z.object({
          domain: z.string(),
          rate_per_second: z.number(),
          answer: z.string().describe('What its server said.'),
          at: instantSchema,
        }),
      )
      .describe('Domains that asked for less within the last hour, and are slowed for it.'),
  })
  .meta({ id: 'ReceivingLimits' });
export type ReceivingLimits = z.input<typeof receivingLimitsSchema>;

export const receivingLimitsChangeSchema = z.strictObject({
  limits: z
    .array(
      z.strictObject({
        domains,
        rate_per_second: rate.nullable().default(null),
        connections: connections.nullable().default(null),
      }),
    )
    .max(100),
});

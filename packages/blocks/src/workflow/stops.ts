import { z } from 'zod';
import { durationSchema } from '../duration/duration.ts';
import { filterSchema } from './filter.ts';
import { eventKeySchema, segmentIdSchema } from './starts.ts';

/** An event of the contact ends its runs at once. */
const eventStopSchema = z.strictObject({
  type: z.literal('event'),
  event: eventKeySchema,
  where: filterSchema.optional(),
  /** Only runs whose key is the event's. */
  same_key: z.boolean().default(false),
  /** An event within this time before the start prevents it. */
  lookback: durationSchema.optional(),
});

/** Becoming a member ends the contact's runs at once, and members do not start. */
const segmentStopSchema = z.strictObject({
  type: z.literal('segment'),
  segment: segmentIdSchema,
});

/** An order of the contact ends its runs at once. */
const orderStopSchema = z.strictObject({
  type: z.literal('order'),
  /** Members of the order: `total`, `currency`, `status`, `items[].category`, ... */
  where: filterSchema.optional(),
  /** An order within this time before the start prevents it. */
  lookback: durationSchema.optional(),
});

/** All ways to stop; a new one is a line here and one in the engine's record. */
export const stopSchemas = {
  event: eventStopSchema,
  segment: segmentStopSchema,
  order: orderStopSchema,
} as const;

export type StopType = keyof typeof stopSchemas;
export type StopOf<Type extends StopType> = z.output<(typeof stopSchemas)[Type]>;
export type Stop = { [Type in StopType]: StopOf<Type> }[StopType];

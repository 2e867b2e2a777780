import { pathSchema } from '@perennial/conditions';
import { z } from 'zod';
import { durationSchema } from '../duration/duration.ts';
import { filterSchema } from './filter.ts';
import { uniqueSchema } from './limits.ts';

/** Key of an event type. */
export const eventKeySchema = z.string().min(1).max(200);

/** A list or a dynamic segment, as the API writes its ID. */
export const segmentIdSchema = z.string().regex(/^[1-9]\d{0,15}$/, 'Expected the ID of a segment.');

/** An event of the contact. */
const eventStartSchema = z.strictObject({
  type: z.literal('event'),
  event: eventKeySchema,
  where: filterSchema.optional(),
  /** Only its members start. */
  segment: segmentIdSchema.optional(),
  /** Path into the parameters to the run's key; absent: the event's own key. */
  key: pathSchema.optional(),
  unique: uniqueSchema.default('each'),
  /** An event older than this on arrival starts nothing. */
  max_age: durationSchema.default({ n: 24, unit: 'hour' }),
});

/** The moment a contact becomes a member, because of its own data or of time. */
const entryStartSchema = z.strictObject({
  type: z.literal('segment'),
  segment: segmentIdSchema,
  mode: z.literal('entry'),
  /** Who is a member already when the workflow is activated starts then. */
  existing: z.boolean().default(false),
});

/** Ways in which a segment starts: by being entered. */
const segmentStartSchema = z.discriminatedUnion('mode', [entryStartSchema], {
  error: 'expected how the segment starts: "entry"',
});

/** An event, which may be nobody's, starts for every contact that is in the segment by its values. */
const eventSegmentStartSchema = z.strictObject({
  type: z.literal('event_segment'),
  event: eventKeySchema,
  segment: segmentIdSchema,
  where: filterSchema.optional(),
  key: pathSchema.optional(),
  unique: uniqueSchema.default('each'),
  max_age: durationSchema.default({ n: 24, unit: 'hour' }),
});

/** From the interface, the API or another workflow. */
const manualStartSchema = z.strictObject({ type: z.literal('manual') });

/** All ways to start; a new one is a line here and one in the engine's record. */
export const startSchemas = {
  event: eventStartSchema,
  segment: segmentStartSchema,
  event_segment: eventSegmentStartSchema,
  manual: manualStartSchema,
} as const;

/** Starts whose runs have an event, or parameters in its place, that `$event` leads into. */
export function bringsEvent({ type }: Start): boolean {
  return type !== 'segment';
}

export type StartType = keyof typeof startSchemas;
export type StartOf<Type extends StartType> = z.output<(typeof startSchemas)[Type]>;
export type Start = { [Type in StartType]: StartOf<Type> }[StartType];

import { pathSchema, zoneSchema } from '@perennial/conditions';
import { z } from 'zod';
import { durationSchema } from '../duration/duration.ts';
import { offsetSchema } from '../duration/offset.ts';
import { filterSchema } from './filter.ts';
import { uniqueSchema } from './limits.ts';
import { scheduleSchema, timeSchema } from './schedule.ts';

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

/** At regular times, everybody who is a member then. */
const regularStartSchema = z.strictObject({
  type: z.literal('segment'),
  segment: segmentIdSchema,
  mode: z.literal('regular'),
  schedule: scheduleSchema,
});

/** Ways in which a segment starts: by being entered, or at regular times. */
const segmentStartSchema = z.discriminatedUnion('mode', [entryStartSchema, regularStartSchema], {
  error: 'expected how the segment starts: "entry" or "regular"',
});

/** The value of a field of the contact changed. */
const fieldChangeStartSchema = z.strictObject({
  type: z.literal('field_change'),
  field: z.string().min(1).max(200),
  /** What it was and what it is, compared as `equals`; null is no value, absent is any. */
  from: z.json().optional(),
  to: z.json().optional(),
  /** Also by hand and by workflows. */
  any_source: z.boolean().default(false),
});

/** A date of the contact, each year again if it is an anniversary. */
const dateStartSchema = z.strictObject({
  type: z.literal('date'),
  /** A field that holds a day or an instant. */
  field: z.string().min(1).max(200),
  anniversary: z.boolean().default(false),
  /** Days before the date are negative. */
  offset: offsetSchema.optional(),
  /** The time of day, in the place of the date's own. */
  at: timeSchema.optional(),
  /** Of days and local times. Default: the workspace's. */
  zone: zoneSchema.default('workspace'),
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
  field_change: fieldChangeStartSchema,
  date: dateStartSchema,
  manual: manualStartSchema,
} as const;

/** Starts whose runs have an event, or parameters in its place, that `$event` leads into. */
export function bringsEvent({ type }: Start): boolean {
  return type !== 'segment' && type !== 'date';
}

export type StartType = keyof typeof startSchemas;
export type StartOf<Type extends StartType> = z.output<(typeof startSchemas)[Type]>;
export type Start = { [Type in StartType]: StartOf<Type> }[StartType];

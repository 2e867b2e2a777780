import { z } from 'zod';
import { instantSchema } from './instant.ts';

/** Kinds of things in a contact's activity, each a filter of the card. */
export const ACTIVITY_KINDS = [
  'event',
  'send',
  'order',
  'form',
  'segment',
  'subscription',
  'field',
  'profile',
] as const;
export const activityKindSchema = z.enum(ACTIVITY_KINDS).meta({ id: 'ActivityKind' });
export type ActivityKind = z.infer<typeof activityKindSchema>;

export const activityCountsSchema = z
  .object({
    event: z.int(),
    send: z.int(),
    order: z.int(),
    form: z.int(),
    segment: z.int(),
    subscription: z.int().describe('What was agreed to, declined or taken back.'),
    field: z.int(),
    profile: z.int().describe('It became a contact, was merged, a merge was undone.'),
    exact: z.boolean().describe('False: some kinds have at least so many.'),
  })
  .meta({ id: 'ActivityCounts' });
export type ActivityCounts = z.infer<typeof activityCountsSchema>;

/** A workflow that an event started. */
export const startedRunSchema = z.object({
  workflow: z.string(),
  name: z.string(),
  run: z.string(),
});

/** One thing the contact did, was sent, or that changed about them. */
export const activitySchema = z
  .object({
    id: z.string().describe('Of a fact: its ID under `/events`.'),
    kind: activityKindSchema,
    name: z.string().describe('The event type, the message, the field: what to call it.'),
    type: z.string().nullable().describe('Key of the event type, or the ID of the message.'),
    channel: z.string().nullable(),
    status: z
      .string()
      .nullable()
      .describe('Of a send the furthest status of its deliveries, or `refused` or `held`.'),
    at: instantSchema,
    source: z.string().nullable(),
    details: z
      .record(z.string(), z.json())
      .describe(
        'Of an event its parameters; of a send, a field or a segment what there is to say.',
      ),
    started: z.array(startedRunSchema).describe('Workflows that it started.'),
  })
  .meta({ id: 'Activity' });
export type Activity = z.input<typeof activitySchema>;

export const activityPageSchema = z
  .object({
    items: z.array(activitySchema),
    next_cursor: z.string().nullable(),
    searched_to: instantSchema
      .nullable()
      .describe(
        'With a filter that takes looking at each line: how far back this page has looked when it ' +
          'is not full. The next one goes on from there.',
      ),
    total: z.int().describe('Of the kinds asked for, over all time.'),
    counts: activityCountsSchema,
  })
  .meta({ id: 'ActivityPage' });
export type ActivityPage = z.input<typeof activityPageSchema>;

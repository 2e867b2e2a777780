import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { contactReferenceSchema } from './workflow-run.ts';

/** Something that happened, as it is stored. */
export const eventSchema = z
  .object({
    id: z.string().describe('Opaque.'),
    event: z.string().describe('Key of the event type.'),
    contact: idSchema.nullable().describe('Null: an event of nobody.'),
    key: z.string().nullable().describe('What this event is about, as its sender calls it.'),
    occurred_at: instantSchema,
    received_at: instantSchema,
    params: z.record(z.string(), z.json()),
    source: z.string(),
    past: z.boolean().describe('Recorded afterwards: starts no workflow.'),
    clock_ahead: z.boolean().describe("Its sender's clock was ahead: the time is that of arrival."),
    with_errors: z.boolean().describe('Its parameters were not those that its type expects.'),
    contact_created: z.boolean().describe('Its contact was unknown, and was created with it.'),
    found_by: z
      .object({
        field: z
          .string()
          .describe(
            '`id`, `external_id`, `email`, `phone`, `push_token`, `chat_id`, `contact_key`, `anonymous_id`, ' +
              '`device_id`, `web_push`, `custom.KEY`.',
          ),
        parameter: z
          .string()
          .nullable()
          .describe('The parameter that held it; null: it came beside the parameters.'),
        rule: z.boolean().describe('A rule of the workspace says that this parameter holds it.'),
      })
      .nullable()
      .describe(
        'What led to its contact, the first of several; of one created with it what it was created for. ' +
          'Null: nobody, the program itself noted it, or it is older than this is kept.',
      ),
    contact_id_added: z
      .boolean()
      .describe('`ContactId` among the parameters was added when it arrived.'),
  })
  .meta({ id: 'Event' });
export type Event = z.input<typeof eventSchema>;

/** An event with all that came along, and what it led to. */
export const eventDetailSchema = eventSchema
  .extend({
    name: z.string().describe('Of the event type.'),
    message_id: z.string().nullable(),
    context: z.record(z.string(), z.json()).nullable(),
    former_contact: idSchema.nullable().describe('Whose it was before a merge.'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .describe('What was wrong with its parameters, when it arrived.'),
    started: z.array(
      z.object({
        run: idSchema,
        workflow: idSchema,
        name: z.string(),
        state: z.string(),
        started_at: instantSchema,
      }),
    ),
    not_started: z.array(
      z.object({
        workflow: idSchema,
        name: z.string(),
        reason: z.string(),
        details: z.json().nullable(),
        at: instantSchema,
      }),
    ),
    stopped: z
      .array(z.object({ run: idSchema, workflow: idSchema, name: z.string(), at: instantSchema }))
      .describe('Runs that it ended.'),
    facts: z
      .array(
        z.object({
          event: z.string(),
          params: z.record(z.string(), z.json()),
          occurred_at: instantSchema,
        }),
      )
      .describe(
        'What the program itself noted of the contact when it arrived: fields changed, segments entered.',
      ),
  })
  .meta({ id: 'EventDetail' });
export type EventDetail = z.input<typeof eventDetailSchema>;

export const eventPageSchema = z
  .object({
    items: z.array(eventSchema),
    next_cursor: z
      .string()
      .nullable()
      .describe('May come with fewer items than asked for, where a search had to stop for breath.'),
  })
  .meta({ id: 'EventPage' });

/** New events since the last look. */
export const liveEventsSchema = z
  .object({
    items: z.array(eventSchema).describe('Newest first.'),
    after: z.string().describe('Hand it back with the next look.'),
    more: z.boolean().describe('There were more new events than these.'),
  })
  .meta({ id: 'LiveEvents' });
export type LiveEvents = z.input<typeof liveEventsSchema>;

/** The earliest instant that an event may have. */
const earliest = Date.UTC(2000, 0, 1);

export const newEventSchema = z.strictObject({
  event: z.string().trim().min(1).max(100).describe('Key of the event type; new ones register.'),
  contact: contactReferenceSchema
    .optional()
    .describe('Who did it. Left out: an event of nobody, such as a new chapter.'),
  key: z.string().min(1).max(300).optional(),
  params: z
    .record(z.string().max(300), z.json())
    .refine((params) => JSON.stringify(params).length <= 32 * 1024, {
      error: 'Parameters may take 32 KB at most.',
    })
    .default({}),
  occurred_at: instantSchema
    .refine((at) => at.getTime() >= earliest, { error: 'Expected an instant since 2000.' })
    .optional()
    .describe('Default: now.'),
});
export type NewEvent = z.input<typeof newEventSchema>;

/** Events of a type that are to be deleted. */
export const eventDeletionSchema = z
  .strictObject({
    type: z.string().min(1).max(100).describe('Key of the event type.'),
    from: instantSchema,
    to: instantSchema.describe('Itself left out.'),
    past_only: z.boolean().default(true).describe('Only those imported as past events.'),
  })
  .refine(({ from, to }) => from < to, { error: 'Ends before it begins.', path: ['to'] });

export const eventDeletionPreviewSchema = z
  .object({
    count: z.int(),
    exact: z.boolean().describe('False: there are at least so many.'),
  })
  .meta({ id: 'EventDeletionPreview' });
export type EventDeletionPreview = z.input<typeof eventDeletionPreviewSchema>;

/** JSON types that a parameter can be asked to have. */
export const PARAM_TYPES = ['string', 'number', 'boolean', 'object', 'array'] as const;

/** A parameter that events of a type should have. */
export const expectedParamSchema = z.strictObject({
  name: z.string().min(1).max(100),
  required: z.boolean().default(true),
  type: z
    .enum(PARAM_TYPES)
    .nullable()
    .default(null)
    .describe('Null: any. A text that reads as a number or a boolean passes for one.'),
});
export type ExpectedParam = z.output<typeof expectedParamSchema>;

/** What the program does with events of a type. Only what was chosen is stored. */
export const eventTypeSettingsSchema = z.object({
  active: z.boolean().default(true),
  create_contacts: z.boolean().default(true),
  expected_params: z.array(expectedParamSchema).default([]),
});
export type EventTypeSettings = z.output<typeof eventTypeSettingsSchema>;

export const EVENT_USES = ['starts', 'stops', 'checks'] as const;

/** Something that mentions an event type. */
export const eventUseSchema = z
  .object({
    kind: z.enum(['workflow', 'segment']),
    id: idSchema,
    name: z.string(),
    state: z.string(),
    how: z.enum(EVENT_USES).describe('The event starts it, stops it, or is asked about in it.'),
  })
  .meta({ id: 'EventUse' });
export type EventUse = z.input<typeof eventUseSchema>;

const typeMembers = {
  id: idSchema,
  key: z.string(),
  name: z.string(),
  category: z.string(),
  description: z.string(),
  system: z.boolean().describe('Written by the program itself.'),
  active: z
    .boolean()
    .describe('Events of an inactive type are stored and do nothing: no start, stop, new contact.'),
  create_contacts: z
    .boolean()
    .describe('Events of the REST API create a contact that their parameters name and nobody is.'),
  expected_params: z.array(expectedParamSchema),
  created_at: instantSchema.describe('When it was first seen.'),
};

export const eventTypeSchema = z
  .object({
    ...typeMembers,
    uses: z.array(eventUseSchema).describe('What would miss it.'),
  })
  .meta({ id: 'EventType' });
export type EventType = z.input<typeof eventTypeSchema>;

const volume = {
  last_seen_at: instantSchema.nullable(),
  days: z.array(z.int()).describe("Events on each day of the workspace's zone, today last."),
  count: z.int().describe('All of these days.'),
};

const decline = z
  .object({ day: z.iso.date(), count: z.int(), usual: z.int() })
  .nullable()
  .describe(
    'Set when yesterday had less than half of the usual events: the average of the same weekday in ' +
      'the four weeks before, of at least two of them, where it is 20 or more. Never of a system type.',
  );

const errorSums = {
  refused: z.int().describe('Answered with an error, and not stored.'),
  stored: z.int().describe('Came another way, and are marked `with_errors`.'),
};

export const eventTypeListItemSchema = eventTypeSchema
  .extend({
    ...volume,
    decline,
    errors: z.object(errorSums).describe('Events of these days that its type did not expect so.'),
  })
  .meta({ id: 'EventTypeListItem' });
export type EventTypeListItem = z.input<typeof eventTypeListItemSchema>;

export const eventTypePageSchema = z
  .object({
    items: z.array(eventTypeListItemSchema),
    next_cursor: z.string().nullable(),
    categories: z.array(z.string()).describe('Of all types of the workspace.'),
  })
  .meta({ id: 'EventTypePage' });

const typeName = z.string().trim().min(1).max(200);
const typeCategory = z.string().trim().min(1).max(50);
const typeDescription = z.string().trim().max(2000);

const expectedParams = z
  .array(expectedParamSchema)
  .max(100)
  .superRefine((params, context) => {
    const names = new Set<string>();
    params.forEach(({ name }, index) => {
      if (names.has(name)) {
        context.addIssue({ code: 'custom', path: [index, 'name'], message: 'Stands there twice.' });
      }
      names.add(name);
    });
  });

const typeSettings = {
  active: z.boolean().optional(),
  create_contacts: z.boolean().optional(),
  expected_params: expectedParams.optional(),
};

export const newEventTypeSchema = z.strictObject({
  key: z.string().trim().min(1).max(100),
  name: typeName.optional().describe('Default: the key.'),
  category: typeCategory.optional(),
  description: typeDescription.optional(),
  ...typeSettings,
});
export type NewEventType = z.input<typeof newEventTypeSchema>;

export const eventTypeChangeSchema = z.strictObject({
  name: typeName.optional(),
  category: typeCategory.optional(),
  description: typeDescription.optional(),
  ...typeSettings,
});
export type EventTypeChange = z.input<typeof eventTypeChangeSchema>;

/** What the parameters of a type look like, from a sample. */
export const eventTypeSchemaSchema = z
  .object({
    event: z.string(),
    parameters: z.array(
      z.object({
        path: z.string().describe('As in the segment language: `cart.total`, `items[].sku`.'),
        types: z.array(z.string()).describe('JSON types seen there.'),
        examples: z.array(z.json()),
        first_seen_at: instantSchema,
        last_seen_at: instantSchema,
      }),
    ),
  })
  .meta({ id: 'EventTypeSchema' });
export type EventTypeSchema = z.input<typeof eventTypeSchemaSchema>;

/** What was wrong with events of a type. */
export const eventTypeErrorsSchema = z
  .object({
    event: z.string(),
    ...errorSums,
    days: z.array(z.object({ day: z.iso.date(), ...errorSums })).describe('Today last.'),
    time_zone: z.string().describe('Where the days begin and end.'),
    reasons: z
      .array(
        z.object({
          door: z
            .enum(['tracking', 'rest', 'management', 'stored'])
            .describe('The API that refused it; `stored`: none did.'),
          app: z.string().nullable().describe('Key of the app that sent it.'),
          reason: z.enum(['missing', 'wrong_type', 'inactive', 'reserved']),
          path: z.string().nullable().describe('The parameter; null: it is not about one.'),
          expected: z.enum(PARAM_TYPES).nullable(),
          got: z.enum([...PARAM_TYPES, 'nothing']).nullable(),
          count: z.int(),
          last_at: instantSchema,
        }),
      )
      .describe('Most often first, at most 100.'),
  })
  .meta({ id: 'EventTypeErrors' });
export type EventTypeErrors = z.input<typeof eventTypeErrorsSchema>;

export const eventTypeStatsSchema = z
  .object({
    event: z.string(),
    days: z.array(z.object({ day: z.iso.date(), count: z.int() })).describe('Today last.'),
    count: z.int(),
    time_zone: z.string().describe('Where the days begin and end.'),
    last_seen_at: instantSchema.nullable(),
    decline,
  })
  .meta({ id: 'EventTypeStats' });
export type EventTypeStats = z.input<typeof eventTypeStatsSchema>;

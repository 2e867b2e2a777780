import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { contactReferenceSchema, runStateSchema, stepSchema } from './workflow-run.ts';

/** Where the messages of a test launch go. */
export const testDeliverySchema = z
  .union(
    [
      z.literal('sandbox'),
      z
        .strictObject({
          email: z.email().max(254).optional(),
          phone: z.string().max(40).optional(),
        })
        .refine(({ email, phone }) => email !== undefined || phone !== undefined, {
          error: 'Expected `email` or `phone`.',
        }),
    ],
    { error: 'Expected `sandbox`, or an object with `email` or `phone`.' },
  )
  .describe(
    'The sandbox, or test addresses, to which the real provider writes; channels without one go to the sandbox.',
  );
export type TestDelivery = z.infer<typeof testDeliverySchema>;

export const testOptionsSchema = z.strictObject({
  timers: z
    .enum(['skip', 'real'])
    .default('skip')
    .describe('Whether timers and waits are passed over, or waited for.'),
  deliver: testDeliverySchema.default('sandbox'),
  webhooks: z
    .enum(['show', 'call'])
    .default('show')
    .describe(
      'Whether webhook blocks only show their request, or make it in earnest, once, with a webhook-id that begins ' +
        'with call_test_.',
    ),
});
export type TestOptions = z.output<typeof testOptionsSchema>;

/** How far a test launch goes by itself. */
export const testPaceSchema = z.enum(['step', 'end']);
export type TestPace = z.infer<typeof testPaceSchema>;

/** Begins a test launch of a workflow for one contact. */
export const newTestLaunchSchema = testOptionsSchema
  .extend({
    contact: contactReferenceSchema,
    /** The draft as it was saved, unless a published version is named. */
    version: z.int().positive().optional(),
    /** ID of an event from history, which gives the parameters and the key. */
    event: z.string().max(100).optional(),
    /** What `$event` leads into, instead of an event from history. */
    params: z.record(z.string().max(200), z.json()).optional(),
    key: z.string().max(1_000).optional(),
    pace: testPaceSchema.default('end'),
  })
  .refine(({ event, params, key }) => event === undefined || (params ?? key) === undefined, {
    error: 'Expected `event`, or `params` and `key`, not both.',
    path: ['event'],
  });
export type NewTestLaunch = z.input<typeof newTestLaunchSchema>;

/** Lets a test launch go on. */
export const testMoveSchema = z.strictObject({
  pace: testPaceSchema.default('step'),
  /** How a wait that the launch stands on ends; time runs out unless something happens. */
  happened: z
    .strictObject({ params: z.record(z.string().max(200), z.json()).default({}) })
    .optional()
    .describe('What the launch waits for happens now, with these parameters.'),
});
export type TestMove = z.input<typeof testMoveSchema>;

/** Something that a block would do in earnest. */
export const testWouldSchema = z
  .object({
    /** `fields`, `lists`, `category`, `channel`, `confirm`, `identifiers`, `contact`, `event`, `start`, ... */
    act: z.string(),
    details: z.record(z.string(), z.json()),
  })
  .meta({ id: 'TestWould' });
export type TestWould = z.infer<typeof testWouldSchema>;

/** A message that a block made; only into the sandbox or to a test address. */
export const testSendSchema = z.object({
  message: idSchema,
  channel: z.string(),
  decision: z.enum(['sent', 'held', 'refused']).describe('What the gates would decide in earnest.'),
  /** Null: nothing was sent. */
  delivery: idSchema.nullable(),
  /** `sandbox`, or the test address. */
  to: z.string().nullable(),
});

export const testStepSchema = stepSchema
  .extend({
    /** When it would be, by the launch's own clock: ahead of time where timers were passed over. */
    clock: instantSchema,
    would: z.array(testWouldSchema),
    sends: z.array(testSendSchema),
  })
  .meta({ id: 'TestStep' });
export type TestStep = z.input<typeof testStepSchema>;

export const testLaunchListItemSchema = z
  .object({
    id: idSchema,
    workflow: idSchema,
    version: z.number().int().nullable().describe('Null: the draft of that moment.'),
    contact: idSchema,
    state: runStateSchema,
    reason: z.string().nullable(),
    block: z.string().nullable(),
    started_at: instantSchema,
    ended_at: instantSchema.nullable(),
    started_by: z.string(),
  })
  .meta({ id: 'TestLaunchListItem' });
export type TestLaunchListItem = z.input<typeof testLaunchListItemSchema>;

export const testLaunchSchema = testLaunchListItemSchema
  .extend({
    options: testOptionsSchema,
    pace: testPaceSchema,
    /** The definition that it follows. */
    definition: z.record(z.string(), z.json()),
    /** What it waits for: by its own clock, and by the wall's. */
    wake_at: instantSchema.nullable(),
    due_at: instantSchema.nullable(),
    /** Now, by its own clock. */
    clock: instantSchema,
    context: z.record(z.string(), z.json()),
    /** Why it would not have started in earnest; null: it would have. */
    refused: z.object({ reason: z.string(), details: z.json().nullable() }).nullable(),
    steps: z.array(testStepSchema),
  })
  .meta({ id: 'TestLaunch' });
export type TestLaunch = z.input<typeof testLaunchSchema>;

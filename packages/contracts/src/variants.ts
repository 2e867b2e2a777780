import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

const count = z.number().int();
const share = z.number();

/** One of the messages that a block chooses among, or chose. */
const variantSchema = z.object({
  message: idSchema,
  name: z.string(),
  version: count.describe('Of the message, as it is now.'),
  default_language: z.string(),
  use: z
    .enum(['chosen', 'paused', 'gone'])
    .describe('`gone`: it was archived, or bears the tags no more.'),
  chosen: count.describe('Sent since the learning began.'),
  open: count.describe('Of these, those whose windows have not closed.'),
  lost: count.describe('Of these, those of which nothing can be learnt: they never arrived.'),
  settled: count.describe('Of these, those whose windows have closed.'),
  succeeded: count.describe('Of the settled, those with the goal reached.'),
  rate: share.nullable().describe('Succeeded of settled; null without any.'),
  interval: z
    .tuple([share, share])
    .describe('Where the true rate lies with a probability of 95 %, by what was learnt.'),
  best: share.nullable().describe('The probability to be the best of those that are chosen.'),
  probability: share
    .nullable()
    .describe('With which the next contact gets it that was sent none of them.'),
});
export type Variant = z.input<typeof variantSchema>;

/** What a block that chooses a message has learnt. */
export const blockVariantsSchema = z
  .object({
    block: z.string(),
    channel: z.string(),
    mode: z.enum(['bandit', 'equal']),
    goal: z.object({
      type: z.enum(['click', 'open', 'event']),
      event: z.string().nullable(),
      within_ms: count,
    }),
    memory_days: count,
    include: z.array(z.object({ id: idSchema, name: z.string() })),
    exclude: z.array(z.object({ id: idSchema, name: z.string() })),
    reset: z
      .object({ at: instantSchema, by: z.string(), undoable: z.boolean() })
      .nullable()
      .describe('The last reset of the learning, if it was not undone.'),
    variants: z.array(variantSchema),
    lift: z
      .object({
        settled: count,
        mean: share.describe('More goals reached a send than by an even choice.'),
        low: share,
        high: share.describe('All of the time, with 95 %, the true mean lies between.'),
        relative: share.nullable().describe('Of what an even choice would have reached.'),
        sure: share.describe(
          'How sure it is that the block does better than an even choice, from 0 to 1; it may be ' +
            'looked at every day.',
        ),
      })
      .nullable()
      .describe('Null: nothing has been settled, or the block chooses evenly.'),
    days: z
      .array(z.object({ day: z.string(), chosen: z.record(z.string(), count) }))
      .describe('Choices by message, for each day (UTC) of the last 90 that had some.'),
  })
  .meta({ id: 'BlockVariants' });
export type BlockVariants = z.input<typeof blockVariantsSchema>;

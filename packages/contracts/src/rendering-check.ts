import { z } from 'zod';
import { idSchema } from './id.ts';
import { languageTagSchema } from './instant.ts';
import { jobSchema } from './job.ts';
import { messageContentSchema } from './message.ts';

const ids = z.array(idSchema).max(100);

/** For whom a message is rendered. */
export const renderingAudienceSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({
      kind: z.literal('segments'),
      include: ids.min(1),
      exclude: ids.default([]),
    }),
    z.strictObject({ kind: z.literal('campaign'), campaign: idSchema }),
  ])
  .meta({ id: 'RenderingAudience' });
export type RenderingAudience = z.input<typeof renderingAudienceSchema>;

export const newRenderingCheckSchema = z.strictObject({
  audience: renderingAudienceSchema
    .optional()
    .describe('Of a message; default: all contacts. A campaign has its own.'),
  content: z
    .record(languageTagSchema, messageContentSchema)
    .optional()
    .describe('A draft of all languages, instead of what is saved.'),
  default_language: languageTagSchema.optional(),
  event: z.record(z.string(), z.json()).optional().describe('Parameters of the starting event.'),
});

/** Contacts that fail for one reason in one place. */
export const renderingFailureGroupSchema = z
  .object({
    message_id: z.string(),
    language: z.string(),
    path: z.string().describe('JSON pointer into the content of the language.'),
    line: z.int().nullable(),
    excerpt: z.string().nullable(),
    message: z.string(),
    n: z.int().describe('How many contacts.'),
    examples: z.array(z.string()).describe('Contact IDs of some of them.'),
    place: z.int().describe('In the order in which reasons were found; names the group.'),
  })
  .meta({ id: 'RenderingFailureGroup' });
export type RenderingFailureGroup = z.infer<typeof renderingFailureGroupSchema>;

export const renderingCheckSchema = jobSchema
  .omit({ about: true, result: true, undoable: true, undoable_until: true })
  .extend({
    messages: z.array(z.object({ id: idSchema, version: z.int().nullable() })),
    campaign: idSchema.nullable(),
    audience: renderingAudienceSchema.nullable(),
    rendered: z.int(),
    skipped: z.int().describe('Contacts without an address of the channel.'),
    groups: z.array(renderingFailureGroupSchema).describe('The most frequent first.'),
    file: z
      .object({ name: z.string(), rows: z.int(), path: z.string() })
      .nullable()
      .describe('A CSV of those that fail, once it has ended; kept for three days.'),
  })
  .meta({ id: 'RenderingCheck' });
export type RenderingCheck = z.input<typeof renderingCheckSchema>;

import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema, languageTagSchema } from './instant.ts';
import {
  contactRefSchema,
  messageContentSchema,
  messageNameSchema,
  templateProblemSchema,
} from './message.ts';
import { tagNameSchema } from './tag.ts';

const source = z.string().trim().min(1, 'Must not be empty.').max(200_000);

/** A block in one language. Each part fits the place of its name; at least one is there. */
export const blockContentSchema = z
  .strictObject({
    mjml: source.optional().describe('For messages in MJML.'),
    html: source
      .optional()
      .describe('For messages in HTML; for MJML too, within its texts and `<mj-raw>`.'),
    text: source.optional().describe('For subjects, plain text, pushes, SMS.'),
  })
  .refine(({ mjml, html, text }) => [mjml, html, text].some((part) => part !== undefined), {
    message: 'Give at least one of mjml, html and text.',
  })
  .meta({ id: 'BlockContent' });
export type BlockContent = z.infer<typeof blockContentSchema>;

const blockContents = z
  .record(languageTagSchema, blockContentSchema)
  .refine((content) => Object.keys(content).length > 0, { message: 'Give at least one language.' });

export const contentBlockSchema = z
  .object({
    id: idSchema,
    key: z.string().describe("What messages name it by: `{% include 'footer' %}`."),
    name: z.string(),
    default_language: z.string(),
    version: z.int().describe('Raised by every change of the content.'),
    content: z.record(z.string(), blockContentSchema),
    parameters: z
      .array(z.string())
      .describe('What its parts read that only an include gives them, by name.'),
    tags: z.array(z.string()),
    messages: z.int().describe('How many messages have it in them.'),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'ContentBlock' });
export type ContentBlock = z.input<typeof contentBlockSchema>;

export const newContentBlockSchema = z.strictObject({
  key: keySchema.describe('Fixed: messages name it.'),
  name: messageNameSchema,
  content: blockContents,
  default_language: languageTagSchema.optional().describe('Default: the first language given.'),
  tags: z.array(tagNameSchema).max(50).default([]),
});

export const contentBlockChangeSchema = z.strictObject({
  name: messageNameSchema.optional(),
  content: blockContents.optional(),
  default_language: languageTagSchema.optional(),
  tags: z.array(tagNameSchema).max(50).optional(),
});

export const changedContentBlockSchema = contentBlockSchema
  .extend({
    renewing: idSchema
      .nullable()
      .describe('The job that brings the change into the messages that have the block.'),
  })
  .meta({ id: 'ChangedContentBlock' });
export type ChangedContentBlock = z.input<typeof changedContentBlockSchema>;

export const contentBlockVersionSchema = z
  .object({
    version: z.int(),
    content: z.record(z.string(), blockContentSchema),
    created_at: instantSchema,
    created_by: z.string().nullable(),
  })
  .meta({ id: 'ContentBlockVersion' });

export const contentBlockUseSchema = z
  .object({
    kind: z.enum(['message', 'block']),
    id: idSchema,
    name: z.string(),
    channel: z.string().nullable(),
    block_version: z
      .int()
      .nullable()
      .describe(
        'Of a message: the version it was made with. Older than the newest: it could not take it.',
      ),
    archived: z.boolean(),
  })
  .meta({ id: 'ContentBlockUse' });
export type ContentBlockUse = z.input<typeof contentBlockUseSchema>;

export const contentBlockPreviewRequestSchema = z.strictObject({
  content: z
    .record(languageTagSchema, blockContentSchema)
    .optional()
    .describe('A draft, instead of what is saved.'),
  language: languageTagSchema.optional(),
  contact: contactRefSchema.optional(),
});

export const contentBlockPreviewSchema = z
  .object({
    language: z.string(),
    content: messageContentSchema
      .nullable()
      .describe('`html` and `text` as in a message; null if it could not be rendered.'),
    problems: z.array(templateProblemSchema),
  })
  .meta({ id: 'ContentBlockPreview' });
export type ContentBlockPreview = z.input<typeof contentBlockPreviewSchema>;

import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema, languageTagSchema } from './instant.ts';
import { personalisationChangeSchema, personalisationSchema } from './personalisation.ts';
import { messageSendingChangeSchema, messageSendingSchema } from './sending.ts';
import { tagNameSchema } from './tag.ts';

/**
 * The content of one language, in the channel's shape (see Email content, Push, SMS, ...). It is
 * checked by the channel, with every fault at its place.
 */
export const messageContentSchema = z
  .record(z.string().max(100), z.json())
  .meta({ id: 'MessageContent', description: 'Content in the shape of the channel' });

const contentByLanguage = z.record(languageTagSchema, messageContentSchema);

export const messageNameSchema = z.string().trim().min(1).max(200);

export const messageSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    channel: z.string(),
    template: z.boolean().describe('It is never sent; it begins other messages.'),
    default_language: z.string(),
    version: z.int().describe('Raised by every change of the content.'),
    content: contentByLanguage,
    tags: z.array(z.string()),
    categories: z.array(z.string()),
    sending: messageSendingSchema,
    personalisation: personalisationSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
    archived_at: instantSchema.nullable(),
  })
  .meta({ id: 'Message' });
export type Message = z.input<typeof messageSchema>;

const messageCategories = z
  .array(keySchema)
  .max(50)
  .describe(
    'Keys of subscription categories: marketing goes only to contacts in one of them; without ' +
      'any, to everybody.',
  );

export const newMessageSchema = z.strictObject({
  name: messageNameSchema,
  key: keySchema.optional().describe('Default: made from the name.'),
  channel: z.string().max(50),
  template: z.boolean().default(false).describe('It is never sent; it begins other messages.'),
  content: contentByLanguage,
  default_language: languageTagSchema.optional().describe('Default: the first language given.'),
  tags: z.array(tagNameSchema).max(50).default([]),
  categories: messageCategories.default([]),
  sending: messageSendingChangeSchema.default({}),
  personalisation: personalisationChangeSchema.default({}),
});
export type NewMessage = z.input<typeof newMessageSchema>;

/** What is left out stays as it is; `content` replaces all languages. */
export const messageChangeSchema = z.strictObject({
  name: messageNameSchema.optional(),
  content: contentByLanguage.optional(),
  default_language: languageTagSchema.optional(),
  tags: z.array(tagNameSchema).max(50).optional(),
  categories: messageCategories.optional(),
  sending: messageSendingChangeSchema.optional(),
  personalisation: personalisationChangeSchema
    .optional()
    .describe('Part of the version, as the content is.'),
  archived: z.boolean().optional().describe('An archived message is sent no more.'),
  base_version: z
    .int()
    .positive()
    .max(2_147_483_647)
    .optional()
    .describe(
      'The version that the change was made from: refused with `outdated` if there is a newer one ' +
        'by now. Without it, the last change wins.',
    ),
});
export type MessageChange = z.input<typeof messageChangeSchema>;

export const messageVersionSchema = z
  .object({
    version: z.int(),
    content: contentByLanguage,
    personalisation: personalisationSchema,
    created_at: instantSchema,
    created_by: z.string().nullable(),
    restored_from: z.int().nullable(),
  })
  .meta({ id: 'MessageVersion' });
export type MessageVersion = z.input<typeof messageVersionSchema>;

/** A contact in a request: its ID, or an identifier. */
export const contactRefSchema = z
  .union([
    z.string().min(1).max(300),
    z.strictObject({ external_id: z.string().min(1).max(300) }),
    z.strictObject({ email: z.string().min(3).max(254) }),
  ])
  .meta({ id: 'ContactRef' });
export type ContactRef = z.infer<typeof contactRefSchema>;

const renderingContext = {
  contact: contactRefSchema.optional(),
  event: z.record(z.string(), z.json()).optional().describe('Parameters of the starting event.'),
  run: z.record(z.string(), z.json()).optional().describe('Results of blocks.'),
  data: z.record(z.string(), z.json()).optional(),
  language: languageTagSchema.optional(),
  subject: z
    .int()
    .min(0)
    .max(9)
    .optional()
    .describe('Of an e-mail with several subjects: which one; 0 is the first, the default.'),
};

export const messagePreviewRequestSchema = z.strictObject({
  ...renderingContext,
  content: messageContentSchema
    .optional()
    .describe('A draft of one language, instead of what is saved.'),
  personalisation: personalisationChangeSchema.optional().describe('A draft of it, too.'),
});

/** Something wrong with a template, where its writer finds it. */
export const templateProblemSchema = z
  .object({
    path: z.string().describe('JSON pointer into the content of the language.'),
    message: z.string(),
    line: z.int().nullable(),
    excerpt: z.string().nullable(),
    kind: z
      .enum(['template', 'missing', 'fetch'])
      .describe('`missing`: the contact lacks a variable, so the message would not be sent.'),
  })
  .meta({ id: 'TemplateProblem' });
export type TemplateProblemView = z.infer<typeof templateProblemSchema>;

export const messagePreviewSchema = z
  .object({
    language: z.string(),
    content: messageContentSchema.nullable().describe('Null if it could not be rendered.'),
    made_text: z
      .string()
      .nullable()
      .describe('The plain text of an e-mail that has none written, with its Liquid in it.'),
    problems: z.array(templateProblemSchema),
  })
  .meta({ id: 'MessagePreview' });
export type MessagePreview = z.input<typeof messagePreviewSchema>;

export const messageTestRequestSchema = z.strictObject({
  to: z.string().trim().min(1).max(500).describe('The address to send to.'),
  ...renderingContext,
});

export const messageTestSchema = z
  .object({ send: z.string(), delivery: z.string() })
  .meta({ id: 'MessageTest' });

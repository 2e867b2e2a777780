import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema, languageTagSchema } from './instant.ts';
import { messageContentSchema, messageNameSchema, messageSchema } from './message.ts';
import { personalisationDifferenceSchema } from './personalisation-changes.ts';
import { tagNameSchema } from './tag.ts';

/** What would miss a message. */
export const messageUseSchema = z
  .object({
    kind: z.enum(['workflow', 'campaign']),
    id: idSchema,
    name: z.string(),
    state: z.string(),
    blocks: z
      .array(z.object({ id: z.string(), type: z.string() }))
      .describe('Of a workflow: the blocks that send it.'),
  })
  .meta({ id: 'MessageUse' });
export type MessageUse = z.input<typeof messageUseSchema>;

export const listedMessageSchema = messageSchema
  .extend({
    content: messageSchema.shape.content.optional().describe('Left out with `content=false`.'),
    languages: z.array(z.string()).describe('The default language first.'),
    subject: z
      .string()
      .describe('What it is called where it is read: subject, title or the first words.'),
    last_sent_at: instantSchema.nullable(),
    used_by: z.array(messageUseSchema),
  })
  .meta({ id: 'ListedMessage' });
export type ListedMessage = z.input<typeof listedMessageSchema>;

export const messagePageSchema = z.object({
  items: z.array(listedMessageSchema),
  next_cursor: z.string().nullable(),
  total: z.int().nullable().describe('Of the first page: how many there are.'),
});

/** How the content of a language differs from the version before. */
export const versionChangeSchema = z
  .object({
    language: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    fields: z.array(z.string()).describe('Of a changed language: what differs in it.'),
  })
  .meta({ id: 'MessageVersionChange' });
export type VersionChange = z.input<typeof versionChangeSchema>;

export const listedVersionSchema = z
  .object({
    version: z.int(),
    created_at: instantSchema,
    created_by: z.string().nullable(),
    restored_from: z.int().nullable().describe('The version whose content it took over.'),
    changes: z.array(versionChangeSchema).describe('Against the version before.'),
    personalisation_changes: z
      .array(personalisationDifferenceSchema)
      .describe('What it does differently where it cannot be filled in.'),
  })
  .meta({ id: 'ListedMessageVersion' });
export type ListedVersion = z.input<typeof listedVersionSchema>;

export const messageUsesSchema = z
  .object({
    uses: z.array(messageUseSchema),
    last_sent_at: instantSchema.nullable(),
    sent: z
      .object({
        since: instantSchema,
        total: z.int(),
        by_api: z.int().describe('Neither by a workflow nor by a campaign.'),
        at_least: z.boolean().describe('There are more than were counted.'),
      })
      .describe('Sends of the last 30 days, tests aside.'),
  })
  .meta({ id: 'MessageUses' });
export type MessageUses = z.input<typeof messageUsesSchema>;

export const messageCopySchema = z.strictObject({
  name: messageNameSchema.optional().describe('Default: its name with `(copy)` behind it.'),
  template: z
    .boolean()
    .optional()
    .describe('Whether the copy is a template. Default: what it is a copy of.'),
});
export type MessageCopy = z.input<typeof messageCopySchema>;

export const MOST_BULK_MESSAGES = 200;

export const messageBulkSchema = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        id: idSchema,
        archived: z.boolean().optional(),
        tags: z.array(tagNameSchema).max(50).optional().describe('All that it has from now on.'),
      }),
    )
    .min(1)
    .max(MOST_BULK_MESSAGES),
  force: z.boolean().default(false).describe('Archives also what running things send.'),
});
export type MessageBulk = z.input<typeof messageBulkSchema>;

export const messageBulkResultSchema = z
  .object({
    changed: z.array(idSchema),
    refused: z.array(z.object({ id: idSchema, detail: z.string() })),
  })
  .meta({ id: 'MessageBulkResult' });
export type MessageBulkResult = z.input<typeof messageBulkResultSchema>;

/** A good starting point that comes with the program. */
export const galleryItemSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    about: z.string(),
    transactional: z.boolean().describe('Goes out whatever was said about marketing.'),
    languages: z.array(z.string()),
    channels: z.array(z.string()),
  })
  .meta({ id: 'GalleryItem' });
export type GalleryItem = z.input<typeof galleryItemSchema>;

export const galleryContentSchema = z
  .object({
    channel: z.string(),
    content: z.record(languageTagSchema, messageContentSchema),
  })
  .meta({ id: 'GalleryContent' });
export type GalleryContent = z.input<typeof galleryContentSchema>;

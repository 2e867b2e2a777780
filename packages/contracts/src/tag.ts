import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** Unique in a workspace without regard to case. */
export const tagNameSchema = z.string().trim().min(1).max(50);

export const tagSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    /** How many objects have it, those aside that were archived. */
    uses: z.number().int(),
    uses_by_kind: z
      .record(z.string(), z.int())
      .describe('By kind of object: `message`, `segment`, `workflow`, `campaign`.'),
    created_at: instantSchema,
  })
  .meta({ id: 'Tag' });
export type Tag = z.input<typeof tagSchema>;

export const newTagSchema = z.strictObject({ name: tagNameSchema });

export const mergeTagsSchema = z.strictObject({
  tags: z.array(idSchema).min(1).max(100).describe('The tags that go away.'),
  into: idSchema.describe('The tag that everything has instead.'),
  preview: z.boolean().default(false).describe('Only says what it would do.'),
});
export type MergeTags = z.input<typeof mergeTagsSchema>;

export const mergedTagsSchema = z
  .object({
    /** The tag that stays, with what it would have or has. */
    tag: tagSchema,
    /** How many objects got it that did not have it. */
    moved: z.int(),
    removed: z.array(idSchema),
  })
  .meta({ id: 'MergedTags' });
export type MergedTags = z.input<typeof mergedTagsSchema>;

export const restoreTagsSchema = z.strictObject({ tags: z.array(idSchema).min(1).max(100) });

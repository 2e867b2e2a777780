import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** Unique in a workspace without regard to case. */
export const tagNameSchema = z.string().trim().min(1).max(50);

export const tagSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    /** How many objects have it. */
    uses: z.number().int(),
    created_at: instantSchema,
  })
  .meta({ id: 'Tag' });
export type Tag = z.input<typeof tagSchema>;

export const newTagSchema = z.strictObject({ name: tagNameSchema });

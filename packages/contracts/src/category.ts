import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema } from './instant.ts';

const name = z.string().trim().min(1).max(100);
const description = z.string().trim().max(500);

/** A topic that contacts opt in to or out of, on all channels. */
export const categorySchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    description: z.string(),
    default_subscribed: z
      .boolean()
      .describe('Whether contacts that never chose are in. Fixed at creation.'),
    position: z.int(),
    subscribed: z.int().describe('How many contacts are in.'),
    subscribed_exact: z.boolean().describe('False: `subscribed` is an estimate.'),
    created_at: instantSchema,
    archived_at: instantSchema
      .nullable()
      .describe('An archived category is nobody’s choice any more.'),
  })
  .meta({ id: 'Category' });
export type Category = z.input<typeof categorySchema>;

export const newCategorySchema = z.strictObject({
  key: keySchema.optional().describe('Default: made from the name.'),
  name,
  description: description.optional().describe('Shown to contacts where they choose.'),
  default_subscribed: z.boolean().optional().describe('Default: only those who opt in are in.'),
});
export type NewCategory = z.input<typeof newCategorySchema>;

/** Key and default never change: what people said, and did not say, keeps its meaning. */
export const categoryChangeSchema = z.strictObject({
  name: name.optional(),
  description: description.optional(),
  position: z.int().min(0).max(100_000).optional(),
  archived: z.boolean().optional(),
});
export type CategoryChange = z.input<typeof categoryChangeSchema>;

/** What one contact says about categories; those left out stay as they are. */
export const contactCategoriesChangeSchema = z.strictObject({
  categories: z
    .record(keySchema, z.boolean())
    .refine((choices) => Object.keys(choices).length > 0, { error: 'Name a category.' })
    .describe('By key: in (true) or out (false).'),
  text: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .optional()
    .describe('What the person agreed to, or how they said so.'),
});

/** All categories of a contact: in to these, out of all others. */
export const contactCategoriesSchema = z.strictObject({
  categories: z.array(keySchema).max(100),
  text: contactCategoriesChangeSchema.shape.text,
});

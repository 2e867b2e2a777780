import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema, languageTagSchema } from './instant.ts';

const name = z.string().trim().min(1).max(100);
const description = z.string().trim().max(500);

const MOST_TRANSLATIONS = 50;

/** By language: what a category is called there. Of `uk-UA` what is missing is taken from `uk`, then from the category. */
export const categoryTranslationsSchema = z
  .record(
    languageTagSchema,
    z.strictObject({ name: name.optional(), description: description.min(1).optional() }),
  )
  .superRefine((translations, context) => {
    const languages = Object.keys(translations);
    const different = new Set(languages.map((language) => language.toLowerCase()));
    if (different.size < languages.length) {
      context.addIssue({ code: 'custom', message: 'A language is named twice.' });
    }
    if (languages.length > MOST_TRANSLATIONS) {
      const message = `There are at most ${MOST_TRANSLATIONS} languages.`;
      context.addIssue({ code: 'custom', message });
    }
  })
  .meta({ id: 'CategoryTranslations' });
export type CategoryTranslations = z.output<typeof categoryTranslationsSchema>;

/** A topic that contacts opt in to or out of, on all channels. */
export const categorySchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    description: z.string(),
    translations: categoryTranslationsSchema,
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
  translations: categoryTranslationsSchema.optional(),
  default_subscribed: z.boolean().optional().describe('Default: only those who opt in are in.'),
});
export type NewCategory = z.input<typeof newCategorySchema>;

/** Key and default never change: what people said, and did not say, keeps its meaning. */
export const categoryChangeSchema = z.strictObject({
  name: name.optional(),
  description: description.optional(),
  translations: categoryTranslationsSchema
    .optional()
    .describe('All of them: a language that is left out has none any more.'),
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

import { z } from 'zod';
import { languageTagSchema } from './instant.ts';

const VARIABLE = /^[\p{L}_][\p{L}\p{N}_-]*(\.[\p{L}\p{N}_-]+)*$/u;

/** What a template writes, as it names it: `contact.first_name`, `event.items.0.title`. */
export const variableNameSchema = z
  .string()
  .max(200)
  .regex(VARIABLE, 'Expected a variable as the message names it, such as contact.first_name.');

/** What stands in for a variable that somebody does not have, in each language. */
export const fallbacksSchema = z
  .record(variableNameSchema, z.record(languageTagSchema, z.string().min(1).max(500)))
  .refine((fallbacks) => Object.keys(fallbacks).length <= 100, {
    error: 'Expected at most 100 variables.',
  });
export type Fallbacks = z.output<typeof fallbacksSchema>;

export const ON_MISSING = ['empty', 'dont_send'] as const;
export const ON_FETCH_FAILURE = ['retry', 'empty', 'dont_send'] as const;

/** What happens where a message cannot be filled in for somebody. */
export const personalisationSchema = z
  .strictObject({
    on_missing: z
      .enum(ON_MISSING)
      .default('empty')
      .describe('A variable that the contact does not have, and that has no fallback.'),
    fallbacks: fallbacksSchema
      .default({})
      .describe('By variable and language; where a language has none, that of the default one.'),
    on_fetch_failure: z
      .enum(ON_FETCH_FAILURE)
      .default('retry')
      .describe('Content that could not be fetched: try again later, write nothing, or give up.'),
  })
  .meta({ id: 'Personalisation' });
export type Personalisation = z.output<typeof personalisationSchema>;

/** What is left out stays as it is; `fallbacks` replaces all. */
export const personalisationChangeSchema = z.strictObject({
  on_missing: z.enum(ON_MISSING).optional(),
  fallbacks: fallbacksSchema.optional(),
  on_fetch_failure: z.enum(ON_FETCH_FAILURE).optional(),
});
export type PersonalisationChange = z.output<typeof personalisationChangeSchema>;

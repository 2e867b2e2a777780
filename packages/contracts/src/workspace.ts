import { z } from 'zod';
import { currencySchema } from './currency.ts';
import { idSchema } from './id.ts';
import { instantSchema, timeZoneSchema } from './instant.ts';

export const workspaceSlugSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'Expected lower-case letters, digits and "-", at most 63, starting with a letter or digit.',
  );

export const workspaceNameSchema = z.string().trim().min(1).max(100);

export const workspaceSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    time_zone: z.string(),
    currency: z.string().describe('ISO 4217: what amounts are in that name no other.'),
    /** Filled with invented people, to look at and to try things on. */
    sample: z.boolean(),
    created_at: instantSchema,
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.input<typeof workspaceSchema>;

export const newWorkspaceSchema = z.strictObject({
  slug: workspaceSlugSchema,
  name: workspaceNameSchema,
  time_zone: timeZoneSchema.default('UTC'),
  currency: currencySchema.default('USD'),
});

export const workspaceChangeSchema = z.strictObject({
  name: workspaceNameSchema.optional(),
  time_zone: timeZoneSchema.optional(),
  currency: currencySchema.optional(),
});

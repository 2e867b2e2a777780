import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** Types a custom field can have. */
export const CUSTOM_FIELD_TYPES = [
  'text',
  'long_text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'date_time',
  'choice',
  'multiple_choice',
] as const;
export const customFieldTypeSchema = z.enum(CUSTOM_FIELD_TYPES).meta({ id: 'CustomFieldType' });

const choices = z
  .array(z.string().trim().min(1).max(200))
  .max(500)
  .refine((list) => new Set(list).size === list.length, { error: 'A choice stands there twice.' });

/** A field of contacts: one that every workspace has, or a custom one. */
export const fieldSchema = z
  .object({
    id: idSchema.nullable().describe('Null for the fields that every workspace has.'),
    key: z.string().describe('As in the segment language; custom ones without `custom.`.'),
    label: z.string(),
    type: z.string(),
    group: z.string().nullable(),
    position: z.int(),
    choices: z.array(z.string()).nullable(),
    source: z.string().nullable().describe('What created it.'),
    system: z.boolean(),
    created_at: instantSchema.nullable(),
    archived_at: instantSchema.nullable().describe('Archived fields take no values.'),
  })
  .meta({ id: 'Field' });
export type Field = z.input<typeof fieldSchema>;

const fieldKey = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]+$/u, 'A key has no control characters.')
  .refine((key) => key !== '__proto__', { error: 'This key is reserved.' });
const label = z.string().trim().min(1).max(100);
const group = z.string().trim().max(100);

export const newFieldSchema = z
  .strictObject({
    key: fieldKey,
    label: label.optional().describe('Default: the key.'),
    type: customFieldTypeSchema,
    group: group.nullish(),
    choices: choices.nullish().describe('Without any, every value is a choice.'),
  })
  .refine(({ type, choices }) => !choices?.length || type.endsWith('choice'), {
    error: 'Only a choice has choices.',
    path: ['choices'],
  });
export type NewField = z.input<typeof newFieldSchema>;

/** Key and type never change: stored values and definitions rely on them. */
export const fieldChangeSchema = z.strictObject({
  label: label.optional(),
  group: group.nullable().optional(),
  position: z.int().min(0).max(100_000).optional(),
  choices: choices.nullable().optional(),
  archived: z.boolean().optional(),
});
export type FieldChange = z.input<typeof fieldChangeSchema>;

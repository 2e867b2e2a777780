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

/** Colours a choice can be shown in; the interface has a tone for each. */
export const CHOICE_COLORS = [
  'gray',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'violet',
  'pink',
] as const;

const choiceLooks = z
  .record(
    z.string().min(1).max(200),
    z.strictObject({
      label: z.string().trim().max(200).optional(),
      color: z.enum(CHOICE_COLORS).optional(),
    }),
  )
  .describe('How choices are shown, by choice: another label, a colour. Stored is the choice.');

/** What values must keep to besides the type. Checked for new values; stored ones stay. */
export const fieldRulesSchema = z
  .strictObject({
    min: z.number().optional().describe('Of a number.'),
    max: z.number().optional().describe('Of a number.'),
    max_length: z.int().min(1).max(5000).optional().describe('Of a text, in characters.'),
    pattern: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('Of a text: found somewhere in it, in the pattern language of `matches`.'),
    anniversary: z.boolean().optional().describe('Of a date: it comes round every year.'),
  })
  .meta({ id: 'FieldRules' });
export type FieldRules = z.output<typeof fieldRulesSchema>;

const description = z.string().trim().max(1000);

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
    choice_looks: choiceLooks,
    rules: fieldRulesSchema,
    description: z.string().describe('What it is for, in the words of the workspace.'),
    source: z.string().nullable().describe('What created it.'),
    system: z.boolean(),
    read_only: z.boolean().describe('The program keeps it: nobody sets it.'),
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
    choice_looks: choiceLooks.optional(),
    rules: fieldRulesSchema.optional(),
    description: description.optional(),
  })
  .refine(({ type, choices }) => !choices?.length || type.endsWith('choice'), {
    error: 'Only a choice has choices.',
    path: ['choices'],
  });
export type NewField = z.input<typeof newFieldSchema>;

/** The key never changes: definitions rely on it. The type has calls of its own. */
export const fieldChangeSchema = z.strictObject({
  label: label.optional(),
  group: group.nullable().optional(),
  position: z.int().min(0).max(100_000).optional(),
  choices: choices.nullable().optional(),
  choice_looks: choiceLooks.optional(),
  rules: fieldRulesSchema.optional().describe('All of them: what is left out is lifted.'),
  description: description.optional(),
  archived: z.boolean().optional(),
});
export type FieldChange = z.input<typeof fieldChangeSchema>;

/** Another type for a custom field. */
export const fieldTypeChangeSchema = z
  .strictObject({
    type: customFieldTypeSchema,
    choices: choices.nullish().describe('Without any, every value is a choice.'),
    choice_looks: choiceLooks.optional().describe('Default: those that the choices have now.'),
  })
  .refine(({ type, choices }) => !choices?.length || type.endsWith('choice'), {
    error: 'Only a choice has choices.',
    path: ['choices'],
  });
export type FieldTypeChange = z.input<typeof fieldTypeChangeSchema>;

/** What uses a field in a way that another type has not. */
export const fieldTypeUseSchema = z.object({
  kind: z.enum(['workflow', 'segment', 'view', 'identifier', 'work']),
  id: idSchema.nullable(),
  name: z.string(),
  state: z.string().nullable().describe('Of a workflow.'),
  problem: z.string(),
  blocks: z.boolean().describe('The field keeps its type as long as this is so.'),
});
export type FieldTypeUse = z.input<typeof fieldTypeUseSchema>;

/** What another type would make of the stored values of a field. */
export const fieldTypePreviewSchema = z
  .object({
    from: z.string(),
    to: customFieldTypeSchema,
    contacts: z.int().describe('With a value, deleted ones too.'),
    exact: z.boolean().describe('False: a sample was read, and the numbers scaled.'),
    unchanged: z.int(),
    converted: z.int(),
    cannot: z.int().describe('Their values are kept as conflicts.'),
    examples: z
      .array(
        z.object({
          value: z.json(),
          becomes: z.json().nullable(),
          reason: z.string().nullable().describe('Why it cannot be converted.'),
          contacts: z.int(),
        }),
      )
      .describe('The most frequent values that change, first those that cannot be converted.'),
    uses: z.array(fieldTypeUseSchema),
    allowed: z.boolean(),
  })
  .meta({ id: 'FieldTypePreview' });
export type FieldTypePreview = z.input<typeof fieldTypePreviewSchema>;

export const fieldGroupSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    position: z.int(),
    fields: z.int().describe('How many fields stand in it, archived ones too.'),
  })
  .meta({ id: 'FieldGroup' });
export type FieldGroup = z.input<typeof fieldGroupSchema>;

export const fieldGroupChangeSchema = z.strictObject({ name: group.min(1) });

/** Groups in order, each with its fields in order. */
export const fieldArrangementSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: group.min(1).nullable().describe('Null: of the fields in no group.'),
        fields: z.array(idSchema).max(2000),
      }),
    )
    .max(201),
});
export type FieldArrangement = z.input<typeof fieldArrangementSchema>;

/** How a field is filled. */
export const fieldStatsSchema = z
  .object({
    field: z.string(),
    contacts: z.int().describe('With a value; of a sample scaled to all.'),
    of: z.int().describe('Contacts that are not deleted, anonymous ones too.'),
    looked_at: z.int().describe('Contacts whose card was read.'),
    exact: z.boolean().describe('False: a sample was read.'),
    top: z
      .array(z.object({ value: z.string(), contacts: z.int() }))
      .describe('The most frequent values, of fields with choices, of regions and languages.'),
  })
  .meta({ id: 'FieldStats' });
export type FieldStats = z.input<typeof fieldStatsSchema>;

/** The index of a field's values: what makes filters and sorting by it quick. */
export const fieldIndexSchema = z
  .object({
    field: z.string().describe('As in the segment language.'),
    automatic: z.boolean().describe('Made because a filter took long.'),
    created_at: instantSchema,
    done_at: instantSchema.nullable().describe('Null: it is being built, as long work.'),
  })
  .meta({ id: 'FieldIndex' });
export type FieldIndex = z.input<typeof fieldIndexSchema>;

export const newFieldIndexSchema = z.strictObject({
  field: z.string().min(1).max(300).describe('As in the segment language: `city`, `custom.plan`.'),
});
export type NewFieldIndex = z.input<typeof newFieldIndexSchema>;

/** What mentions a field. */
export const fieldUsageSchema = z
  .object({
    workflows: z.array(z.object({ id: idSchema, name: z.string(), state: z.string() })),
    segments: z.array(z.object({ id: idSchema, name: z.string() })).describe('Dynamic ones.'),
    messages: z.array(z.object({ id: idSchema, name: z.string(), channel: z.string() })),
  })
  .meta({ id: 'FieldUsage' });
export type FieldUsage = z.input<typeof fieldUsageSchema>;

/** A value that somebody sent and that its field cannot hold, with the contact it was sent for. */
export const contactConflictSchema = z
  .object({
    id: idSchema.describe('Of the conflict, under its contact.'),
    contact: idSchema,
    name: z.string().nullable().describe('What the contact is called.'),
    field: z.string().describe('As in the segment language.'),
    value: z.json(),
    reason: z.string(),
    source: z.string(),
    at: instantSchema,
    converted: z
      .json()
      .nullable()
      .describe('What the value becomes when it is taken over; null: nothing that fits.'),
  })
  .meta({ id: 'ContactConflict' });
export type ContactConflict = z.input<typeof contactConflictSchema>;

export const conflictCountSchema = z
  .object({ field: z.string(), conflicts: z.int(), newest_at: instantSchema })
  .meta({ id: 'FieldConflictCount' });
export type FieldConflictCount = z.input<typeof conflictCountSchema>;

/** What to do with a conflict: set the value, as it converts or as given, or forget it. */
export const conflictDecisionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('take'), value: z.json().optional() }),
  z.strictObject({ action: z.literal('dismiss') }),
]);
export type ConflictDecision = z.input<typeof conflictDecisionSchema>;

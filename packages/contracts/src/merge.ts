import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** Two contacts that became one. */
export const mergeSchema = z
  .object({
    id: idSchema,
    survivor: idSchema,
    survivor_is: z
      .enum(['there', 'deleted', 'merged'])
      .describe('`merged`: into another contact later; that merge is undone before this one.'),
    merged: idSchema.describe('Its ID leads to the survivor, unless the merge was undone.'),
    state: z
      .enum(['decided', 'applied', 'undone'])
      .describe('`decided`: the rows have not moved yet; `undone`: they are two contacts again.'),
    reason: z
      .string()
      .describe('`by_hand`, or the kind of the item whose identifiers were of both.'),
    identifier: z
      .object({ kind: z.string(), value: z.string() })
      .nullable()
      .describe('What led from one contact to the other.'),
    event: z.string().nullable(),
    source: z.string().nullable(),
    by: z.string().nullable().describe('Who asked for it.'),
    decided_at: instantSchema,
    applied_at: instantSchema.nullable(),
    undone_at: instantSchema.nullable(),
    undone_by: z.string().nullable(),
    fields: z
      .array(
        z.object({
          field: z.string(),
          survivor: z.json().describe('Its value before the merge.'),
          merged: z.json().describe("The other's value."),
          took: z.enum(['survivor', 'merged']),
        }),
      )
      .describe('What was chosen where the merged contact had a value.'),
  })
  .meta({ id: 'Merge' });
export type Merge = z.input<typeof mergeSchema>;

/** An identifier that a contact was refused, or a merge. */
export const identifierRefusalSchema = z
  .object({
    kind: z.string().describe('Kind of the identifier, or `merge`.'),
    reason: z.enum(['blocked', 'too_many', 'too_many_merges', 'kept_apart', 'not_joined']),
    n: z.int().describe('How often.'),
    last_value: z.string(),
    first_at: instantSchema,
    last_at: instantSchema,
  })
  .meta({ id: 'IdentifierRefusal' });
export type IdentifierRefusal = z.input<typeof identifierRefusalSchema>;

export const mergePageSchema = z
  .object({ items: z.array(mergeSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'MergePage' });
export type MergePage = z.input<typeof mergePageSchema>;

export const contactMergesSchema = z
  .object({
    items: z.array(mergeSchema).describe('Into this contact, or of it, newest first.'),
    refusals: z.array(identifierRefusalSchema),
  })
  .meta({ id: 'ContactMerges' });
export type ContactMerges = z.input<typeof contactMergesSchema>;

export const mergeRequestSchema = z.strictObject({
  other: idSchema.describe('The contact that becomes this one.'),
});

const previewValue = z.object({
  value: z.json(),
  set_at: instantSchema.nullable(),
  source: z.string().nullable(),
});

/** What a merge would do. */
export const mergePreviewSchema = z
  .object({
    survivor: idSchema,
    merged: idSchema,
    fields: z.array(
      z.object({
        field: z.string(),
        survivor: previewValue,
        merged: previewValue,
        takes: z.enum(['survivor', 'merged']),
      }),
    ),
    identifiers: z.array(
      z.object({
        kind: z.string(),
        value: z.string(),
        of: z.enum(['survivor', 'merged']),
        becomes: z
          .enum(['kept', 'former', 'dropped'])
          .describe(
            '`former`: an external ID that still finds the contact; `dropped`: it does not.',
          ),
      }),
    ),
    moves: z
      .record(z.string(), z.int())
      .describe('Rows of the merged contact that become the survivor’s, by table.'),
    ends: z
      .array(z.object({ run: z.string(), workflow: idSchema, workflow_name: z.string() }))
      .describe(
        'Runs that end because both are in one workflow; that of whom started first goes on.',
      ),
  })
  .meta({ id: 'MergePreview' });
export type MergePreview = z.input<typeof mergePreviewSchema>;

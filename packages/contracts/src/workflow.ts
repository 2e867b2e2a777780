import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { tagNameSchema } from './tag.ts';

export const WORKFLOW_STATES = ['draft', 'active', 'paused', 'archived'] as const;
export const workflowStateSchema = z.enum(WORKFLOW_STATES).meta({ id: 'WorkflowState' });
export type WorkflowState = z.infer<typeof workflowStateSchema>;

export const workflowNameSchema = z.string().trim().min(1).max(200);

/**
 * A definition in the workflow language. A draft may be invalid, so that half-drawn work can be
 * saved: what it lacks is told by `/validate` and refused by `/publish`.
 */
export const workflowDraftSchema = z
  .record(z.string().max(100), z.json())
  .meta({ id: 'WorkflowDefinition', description: 'A definition in the workflow language' });

/** Something wrong with a definition, or worth knowing. */
export const workflowProblemSchema = z
  .object({
    /** JSON pointer into the definition, such as `/blocks/b1/exits/next`. */
    path: z.string(),
    /** The block it is about. */
    block: z.string().nullable(),
    message: z.string(),
  })
  .meta({ id: 'WorkflowProblem' });
export type WorkflowProblem = z.infer<typeof workflowProblemSchema>;

export const workflowListItemSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    state: workflowStateSchema,
    published_version: z.number().int().nullable(),
    /** The draft differs from the published version. */
    changed: z.boolean(),
    tags: z.array(z.string()),
    created_at: instantSchema,
    updated_at: instantSchema,
    activated_at: instantSchema.nullable(),
    /** Runs that have not ended. */
    running: z.number().int(),
  })
  .meta({ id: 'WorkflowListItem' });
export type WorkflowListItem = z.input<typeof workflowListItemSchema>;

export const workflowVersionListItemSchema = z
  .object({
    version: z.number().int(),
    published_at: instantSchema,
    published_by: z.string().nullable(),
    /** How many blocks it has. */
    blocks: z.number().int(),
  })
  .meta({ id: 'WorkflowVersionListItem' });
export type WorkflowVersionListItem = z.input<typeof workflowVersionListItemSchema>;

export const workflowVersionSchema = z
  .object({
    version: z.number().int(),
    definition: workflowDraftSchema,
    published_at: instantSchema,
    published_by: z.string().nullable(),
  })
  .meta({ id: 'WorkflowVersion' });
export type WorkflowVersion = z.input<typeof workflowVersionSchema>;

export const workflowSchema = workflowListItemSchema
  .extend({
    /** The draft: what the editor draws. */
    definition: workflowDraftSchema,
    /** Grows with every change of the draft. */
    revision: z.number().int(),
    /** When the draft was last changed, and by whom; null for one that never was. */
    edited_at: instantSchema.nullable(),
    edited_by: z.string().nullable(),
    /** What new runs follow; null before the first publication. */
    published: workflowVersionSchema.nullable(),
  })
  .meta({ id: 'Workflow' });
export type Workflow = z.input<typeof workflowSchema>;

export const newWorkflowSchema = z.strictObject({
  name: workflowNameSchema,
  /** Default: made from the name. */
  key: keySchema.optional(),
  definition: workflowDraftSchema,
  tags: z.array(tagNameSchema).max(50).default([]),
});
export type NewWorkflow = z.input<typeof newWorkflowSchema>;

export const workflowChangeSchema = z.strictObject({
  name: workflowNameSchema.optional(),
  definition: workflowDraftSchema.optional(),
  /** Of the draft that `definition` was made from: one that somebody changed since is not overwritten. */
  revision: z.number().int().min(1).optional(),
  tags: z.array(tagNameSchema).max(50).optional(),
});
export type WorkflowChange = z.input<typeof workflowChangeSchema>;

/** Checks a definition as publishing would, without changing anything. */
export const workflowCheckSchema = z.strictObject({ definition: workflowDraftSchema });

export const workflowVerdictSchema = z
  .object({
    valid: z.boolean(),
    errors: z.array(workflowProblemSchema),
    warnings: z.array(workflowProblemSchema),
  })
  .meta({ id: 'WorkflowVerdict' });
export type WorkflowVerdict = z.infer<typeof workflowVerdictSchema>;

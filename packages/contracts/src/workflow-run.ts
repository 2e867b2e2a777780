import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { lookedPageOf } from './page.ts';

export const RUN_STATES = ['waiting', 'running', 'completed', 'stopped', 'failed'] as const;
export const runStateSchema = z.enum(RUN_STATES).meta({ id: 'RunState' });
export type RunState = z.infer<typeof runStateSchema>;

/** One passage of one contact through a workflow. */
export const runSchema = z
  .object({
    id: idSchema,
    workflow: idSchema,
    version: z.number().int(),
    contact: idSchema,
    key: z.string(),
    state: runStateSchema,
    /** Why it ended, when it did not simply reach its end. */
    reason: z.string().nullable(),
    /** The block it stands on, or stood on last. */
    block: z.string().nullable(),
    wake_at: instantSchema.nullable(),
    started_at: instantSchema,
    ended_at: instantSchema.nullable(),
    test: z.boolean(),
  })
  .meta({ id: 'Run' });
export type Run = z.input<typeof runSchema>;

/** A page of runs, and how far it looked for them. */
export const runPageSchema = lookedPageOf(runSchema).meta({ id: 'RunPage' });
export type RunPage = z.input<typeof runPageSchema>;

/** Which of the runs a bulk action means; all that it can mean unless said. */
export const runSelectionSchema = z.strictObject({
  /** Where they stand, or ended. */
  block: z.string().max(40).optional(),
  /** Part of why they ended. */
  reason: z.string().trim().min(1).max(200).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  version: z.int().positive().optional(),
});
export type RunSelection = z.input<typeof runSelectionSchema>;

/** One block that the run has left, and how. */
export const stepSchema = z
  .object({
    block: z.string(),
    type: z.string(),
    at: instantSchema,
    /** Null: the run ended here. */
    exit: z.string().nullable(),
    /** The values seen. */
    decided_by: z.json().nullable(),
  })
  .meta({ id: 'Step' });
export type Step = z.input<typeof stepSchema>;

/** A run with what started it and every step it made. */
export const runDetailSchema = runSchema
  .extend({
    /** What started it: kind, event, parameters, key. */
    context: z.record(z.string(), z.json()),
    steps: z.array(stepSchema),
    /** There are more than the steps shown. */
    truncated: z.boolean(),
  })
  .meta({ id: 'RunDetail' });
export type RunDetail = z.input<typeof runDetailSchema>;

/** A contact in a request: its ID, or another identifier. */
export const contactReferenceSchema = z.union(
  [
    idSchema,
    z.strictObject({ external_id: z.string().min(1).max(255) }),
    z.strictObject({ email: z.email().max(254) }),
  ],
  { error: 'Expected a contact\'s ID, {"external_id": ...} or {"email": ...}.' },
);

/** Starts a workflow by hand: for contacts, or for everybody who is in a segment now. */
export const workflowStartSchema = z
  .strictObject({
    contacts: z.array(contactReferenceSchema).min(1).max(10_000).optional(),
    /** ID of a list or a dynamic segment: long work. */
    segment: idSchema.optional(),
    /** Kept as `$event`. */
    params: z.record(z.string().max(200), z.json()).default({}),
  })
  .refine(({ contacts, segment }) => (contacts === undefined) !== (segment === undefined), {
    error: 'Expected `contacts` or `segment`.',
  });
export type WorkflowStart = z.input<typeof workflowStartSchema>;

/** More contacts than this are accepted without waiting for what becomes of each. */
export const MOST_AWAITED_STARTS = 100;

export const workflowStartedSchema = z
  .object({
    /** How many starts are kept; each is checked like any other start when it is applied. */
    accepted: z.number().int(),
    /** The runs that were started; null if there were too many to wait for. */
    runs: z.array(idSchema).nullable(),
    /** Starts that were refused, by their place among the contacts; null likewise. */
    refused: z.array(z.object({ index: z.number().int(), reason: z.string() })).nullable(),
    /** The long work that starts the members of a segment. */
    job: idSchema.nullable(),
  })
  .meta({ id: 'WorkflowStarted' });
export type WorkflowStarted = z.input<typeof workflowStartedSchema>;

/** Where runs of a version stand, and where each would go on by the published one. */
export const workflowMovePreviewSchema = z
  .object({
    from: z.number().int(),
    to: z.number().int(),
    /** Blocks of the version on which runs stand. */
    blocks: z.array(
      z.object({
        block: z.string(),
        type: z.string(),
        runs: z.number().int(),
        /** The same block, if the published version has one of its kind; null: say where. */
        target: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'WorkflowMovePreview' });
export type WorkflowMovePreview = z.input<typeof workflowMovePreviewSchema>;

/** Moves the running contacts of a version to the published one. */
export const workflowMoveSchema = z.strictObject({
  from: z.int().positive(),
  /** By block of the old version, the block of the new one, or null to end the run. */
  blocks: z.record(z.string().max(40), z.string().max(40).nullable()).default({}),
});
export type WorkflowMove = z.input<typeof workflowMoveSchema>;

/** A start that was refused, and by which check. */
export const notStartedSchema = z
  .object({
    id: idSchema,
    contact: idSchema,
    workflow: idSchema,
    key: z.string(),
    reason: z.string(),
    details: z.json().nullable(),
    at: instantSchema,
  })
  .meta({ id: 'NotStarted' });
export type NotStarted = z.input<typeof notStartedSchema>;

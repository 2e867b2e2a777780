import { z } from 'zod';
import { languageTagSchema } from './instant.ts';
import {
  workflowDraftSchema,
  workflowNameSchema,
  workflowSchema,
  workflowVerdictSchema,
} from './workflow.ts';

/** Something of the workspace that a workflow of the gallery needs, by what it calls it. */
const neededSchema = z.object({
  key: z.string(),
  name: z.string().describe('What it is, in words.'),
  usual: z
    .array(z.string())
    .describe('What it is mostly called; the first is taken where none fits.'),
});

export const workflowGalleryItemSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    about: z.string(),
    languages: z.array(languageTagSchema),
    definition: workflowDraftSchema.describe(
      'With places such as `[[event:signed_up]]` for what is the workspace’s own.',
    ),
    events: z.array(neededSchema).describe('Event types that it needs.'),
    fields: z.array(neededSchema).describe('Fields of contacts that it needs.'),
    segments: z
      .array(z.object({ key: z.string(), name: z.string(), definition: workflowDraftSchema }))
      .describe('Segments that are made with it.'),
    messages: z
      .array(
        z.object({
          key: z.string(),
          name: z.string(),
          channel: z.string(),
          gallery: z.string().describe('Of which message of the gallery it is made.'),
        }),
      )
      .describe('Messages that are made with it.'),
  })
  .meta({ id: 'WorkflowGalleryItem' });
export type WorkflowGalleryItem = z.input<typeof workflowGalleryItemSchema>;

const namesSchema = z.record(z.string().max(63), z.string().trim().min(1).max(200));

/** What a workflow of the gallery becomes in a workspace. */
export const workflowTakenSchema = z.strictObject({
  /** Default: its name in the first language. */
  name: workflowNameSchema.optional(),
  /** Of its messages; the first is their default, and that of its own words. */
  languages: z.array(languageTagSchema).min(1).max(10).default(['en']),
  /** The workspace's event types, by what the workflow calls them. */
  events: namesSchema.default({}),
  /** The workspace's fields. */
  fields: namesSchema.default({}),
});
export type WorkflowTaken = z.input<typeof workflowTakenSchema>;

export const takenWorkflowSchema = z
  .object({
    workflow: workflowSchema,
    verdict: workflowVerdictSchema.describe('What publishing would say to it now.'),
  })
  .meta({ id: 'TakenWorkflow' });
export type TakenWorkflow = z.input<typeof takenWorkflowSchema>;

import { z } from 'zod';
import type { BlockSettings, BlockType } from '../registry.ts';
import { limitsSchema, type Limits } from './limits.ts';
import { notesSchema } from './notes.ts';
import type { Start } from './starts.ts';
import type { Stop } from './stops.ts';

/** The version of the language that this release writes. */
export const WORKFLOW_LANGUAGE = 1;

/** Bounds that no drawing by hand meets. */
export const MOST_BLOCKS = 1_000;
export const MOST_STOPS = 100;

/** ID of a block: what `$run` paths begin with, so no dots or brackets. */
export const blockIdSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, { error: 'expected a block ID such as b1' });

/** One block of a checked definition. */
export type Block = {
  readonly [Type in BlockType]: {
    readonly type: Type;
    readonly settings: BlockSettings[Type];
    /** By exit the block it leads to; an exit that is not drawn ends the run. */
    readonly exits: Readonly<Record<string, string>>;
  };
}[BlockType];

/** A definition that was parsed: settings apart from what the canvas adds to a block. */
export interface WorkflowDefinition {
  readonly language: typeof WORKFLOW_LANGUAGE;
  readonly start: Start;
  readonly stop: readonly Stop[];
  readonly limits: Limits;
  readonly first: string;
  readonly blocks: Readonly<Record<string, Block>>;
}

/** What every kind of block has beside its settings. */
export const blockFrameSchema = z.object({
  type: z.string({ error: 'expected a kind of block' }),
  exits: z
    .record(z.string(), z.string().nullish(), { error: 'expected blocks by exit' })
    .default({}),
  position: z.strictObject({ x: z.number(), y: z.number() }).optional(),
  note: z.string().max(2_000).optional(),
});

/** The definition around its blocks, starts and stops, which their own schemas parse. */
export const workflowFrameSchema = z.strictObject({
  language: z.literal(WORKFLOW_LANGUAGE, {
    error: (issue) => `expected language ${WORKFLOW_LANGUAGE}, not ${JSON.stringify(issue.input)}`,
  }),
  start: z.looseObject({ type: z.string() }, { error: 'expected how the workflow starts' }),
  stop: z
    .array(z.looseObject({ type: z.string() }))
    .max(MOST_STOPS)
    .default([]),
  limits: limitsSchema.prefault({}),
  first: z.string({ error: 'expected the ID of the first block' }),
  blocks: z
    .record(blockIdSchema, z.looseObject({}))
    .refine((blocks) => Object.keys(blocks).length <= MOST_BLOCKS, {
      error: `expected at most ${MOST_BLOCKS} blocks`,
    }),
  notes: notesSchema,
});

import { z } from 'zod';
import { instantSchema } from './instant.ts';

const count = z.number().int();

/** What happened on one block. */
export const blockStatsSchema = z
  .object({
    /** Visits begun in the period. */
    entered: count,
    /** Runs that stand on it now. */
    waiting: count,
    /** Visits ended in the period, by the exit taken. */
    exits: z.record(z.string(), count),
    /** Runs that ended on it in the period, by how: `completed`, `stopped`, `failed`. Absent: none. */
    ended: z.record(z.string(), count).optional(),
  })
  .meta({ id: 'BlockStats' });
export type BlockStats = z.infer<typeof blockStatsSchema>;

/** Counts of a workflow, all versions together unless one is asked for. */
export const workflowStatsSchema = z
  .object({
    /** Whole days of UTC; `to` is excluded, null: without end. */
    period: z.object({ from: instantSchema.nullable(), to: instantSchema.nullable() }),
    started: count,
    /** Runs that have not ended, now. */
    running: count,
    completed: count,
    stopped: count,
    failed: count,
    /** Runs that reached a goal. */
    converted: count,
    /** Refused starts by the check that refused them. */
    not_started: z.record(z.string(), count),
    blocks: z.record(z.string(), blockStatsSchema),
  })
  .meta({ id: 'WorkflowStats' });
export type WorkflowStats = z.input<typeof workflowStatsSchema>;

/** Of the runs that passed a block, who reached a goal afterwards. */
export const blockConversionSchema = z
  .object({
    /** Runs that came to the block and were done with it. */
    passed: count,
    /** Of those, whose contact reached the goal within the window. */
    reached: count,
    /** Of those, who have not reached it yet and still may: their window has not closed. */
    open: count,
  })
  .meta({ id: 'BlockConversion' });
export type BlockConversion = z.infer<typeof blockConversionSchema>;

export const workflowConversionSchema = z
  .object({
    event: z.string(),
    within_hours: count,
    period: z.object({ from: instantSchema.nullable(), to: instantSchema.nullable() }),
    /** That began in the period. */
    runs: count,
    blocks: z.record(z.string(), blockConversionSchema),
  })
  .meta({ id: 'WorkflowConversion' });
export type WorkflowConversion = z.input<typeof workflowConversionSchema>;

/** A start by a changed field, to be tried on what happened. */
export const startPreviewSchema = z.strictObject({
  start: z.looseObject({ type: z.literal('field_change') }),
  days: z.int().min(1).max(90).default(7),
});

export const changePreviewSchema = z
  .object({
    /** Different contacts. */
    contacts: count,
    /** Changes: who changes twice may start twice. */
    times: count,
    /** Since when changes were looked at. */
    from: instantSchema,
  })
  .meta({ id: 'ChangePreview' });
export type ChangePreview = z.input<typeof changePreviewSchema>;

/** What a workflow did day by day. */
export const workflowDaysSchema = z
  .object({
    days: z.array(
      z.object({
        /** Of UTC. */
        day: z.iso.date(),
        started: count,
        completed: count,
        stopped: count,
        failed: count,
        converted: count,
        /** Refused starts by the check that refused them. */
        not_started: z.record(z.string(), count),
      }),
    ),
  })
  .meta({ id: 'WorkflowDays' });
export type WorkflowDays = z.infer<typeof workflowDaysSchema>;

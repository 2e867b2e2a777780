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

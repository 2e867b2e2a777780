import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

export const JOB_STATES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
export const jobStateSchema = z.enum(JOB_STATES).meta({ id: 'JobState' });
export type JobState = z.infer<typeof jobStateSchema>;

/** Long work: it goes on when the page is left, and after a restart of the program. */
export const jobSchema = z
  .object({
    id: idSchema,
    kind: z.string().describe('`contacts.bulk`, `contacts.export`, ...'),
    about: z.json().describe('What is being done, without personal data; by kind.'),
    state: jobStateSchema,
    cancel_asked: z
      .boolean()
      .describe('Somebody cancelled it. What was too far by then goes on, and ends as `done`.'),
    total: z.int().nullable().describe('Null until it is counted.'),
    done: z.int(),
    failed: z.int().describe('How many could not be done; see its errors.'),
    rate: z.number().nullable().describe('A second, over the time at work.'),
    remaining_seconds: z.int().nullable(),
    result: z.json().nullable(),
    reason: z.string().nullable().describe('Why it stopped, or what the last try ran into.'),
    undoable: z.boolean().describe('`POST /jobs/{id}/undo` takes back what it changed.'),
    undoable_until: instantSchema.nullable().describe('Then what it changed is forgotten.'),
    created_by: z.string(),
    created_at: instantSchema,
    started_at: instantSchema.nullable(),
    ended_at: instantSchema.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.input<typeof jobSchema>;

export const jobErrorSchema = z
  .object({
    n: z.int(),
    contact: idSchema.nullable(),
    subject: z.string().nullable().describe('A line of a file, or what else it is about.'),
    message: z.string(),
  })
  .meta({ id: 'JobError' });
export type JobError = z.input<typeof jobErrorSchema>;

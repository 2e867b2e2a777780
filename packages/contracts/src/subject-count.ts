import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

const count = z.int().min(0);

/** What became of the sends that had one of several subjects. */
export const subjectCountSchema = z
  .object({
    message: idSchema,
    language: z.string(),
    text: z.string().describe('As it was written in the message, with its Liquid.'),
    sent: count.describe('Left, whatever became of it.'),
    opened: count.describe('By people.'),
    opened_with_machines: count,
    clicked: count.describe('By people.'),
    clicked_with_machines: count,
    unsubscribed: count,
    complained: count,
  })
  .meta({ id: 'SubjectCount' });
export type SubjectCount = z.input<typeof subjectCountSchema>;

export const messageSubjectsSchema = z
  .object({
    from: instantSchema.describe('Sends that were decided from then on are counted.'),
    subjects: z
      .array(subjectCountSchema)
      .describe('By language, those of the newest version first; empty: no send had a choice.'),
  })
  .meta({ id: 'MessageSubjects' });
export type MessageSubjects = z.input<typeof messageSubjectsSchema>;

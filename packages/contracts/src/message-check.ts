import { z } from 'zod';
import { keySchema } from './id.ts';
import { languageTagSchema } from './instant.ts';
import { contactRefSchema, messageContentSchema } from './message.ts';

/** What harms for sure, what may, and what could be better. */
export const findingSeveritySchema = z.enum(['error', 'warning', 'hint']);

export const checkFindingSchema = z
  .object({
    check: z.string().describe('Which check: `size`, `links`, `spam_words`, ...'),
    severity: findingSeveritySchema,
    language: z.string(),
    path: z.string().describe('JSON pointer into the content of the language.'),
    line: z.int().nullable().describe('In the text at `path`, from 1.'),
    excerpt: z.string().nullable(),
    message: z.string().describe('What is wrong, and why that matters.'),
    advice: z.string().describe('What to do about it.'),
  })
  .meta({ id: 'CheckFinding' });
export type CheckFinding = z.infer<typeof checkFindingSchema>;

export const messageCheckRequestSchema = z.strictObject({
  content: z
    .record(languageTagSchema, messageContentSchema)
    .optional()
    .describe('A draft of all languages, instead of what is saved.'),
  default_language: languageTagSchema.optional(),
  categories: z
    .array(keySchema)
    .max(50)
    .optional()
    .describe('Of the draft: with any of them it is marketing.'),
  languages: z.array(languageTagSchema).max(100).optional().describe('Only these; default: all.'),
  contact: contactRefSchema
    .optional()
    .describe('As this contact would get it; default: somebody of whom nothing is known.'),
  event: z.record(z.string(), z.json()).optional().describe('Parameters of the starting event.'),
  reach: z
    .strictObject({ from: z.int().min(0).max(1000).default(0) })
    .optional()
    .describe(
      'Instead of the other checks: ask the servers of links and pictures, a few at a time, from ' +
        'this one on. Go on with `reached.done` until it is `reached.total`.',
    ),
});

export const messageCheckResultSchema = z
  .object({
    findings: z.array(checkFindingSchema).describe('The worst first.'),
    languages: z.array(z.string()).describe('Those that were looked at.'),
    reached: z
      .object({ done: z.int(), total: z.int() })
      .nullable()
      .describe('Of `reach`: how many addresses were asked about by now, of how many.'),
  })
  .meta({ id: 'MessageCheck' });
export type MessageCheckResult = z.infer<typeof messageCheckResultSchema>;

import { z } from 'zod';
import { instantSchema } from './instant.ts';

/** One change, or one refused attempt: who, when, what, before and after. */
export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    actor: z.object({
      kind: z.enum(['user', 'key', 'system', 'cli']),
      id: z.string().nullable(),
      name: z.string(),
    }),
    /** `object.verb`, like `tag.rename`. */
    action: z.string(),
    object: z.object({ kind: z.string(), id: z.string().nullable() }),
    before: z.json().nullable(),
    after: z.json().nullable(),
    request_id: z.string().nullable(),
    ip: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.input<typeof auditEntrySchema>;

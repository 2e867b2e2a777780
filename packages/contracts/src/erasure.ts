import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** That somebody was erased: the certificate. It names nobody. */
export const erasureSchema = z
  .object({
    id: idSchema,
    contacts: z
      .array(idSchema)
      .describe('The contact, and those that had been merged into it. IDs are never used again.'),
    requested_by: z.string(),
    requested_at: instantSchema,
    erased_at: instantSchema.nullable().describe('Null while it waits behind what arrived before.'),
    removed: z.record(z.string(), z.int()).describe('Rows removed, by table.'),
    kept: z.array(z.string()).describe('What stays, and why.'),
  })
  .meta({ id: 'Erasure' });
export type Erasure = z.input<typeof erasureSchema>;

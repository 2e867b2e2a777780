import { z } from 'zod';

/** Which contacts: by search, filter, and whether anonymous or deleted ones are meant. */
export const contactSearchSchema = z.strictObject({
  search: z.string().trim().max(300).optional(),
  filter: z
    .json()
    .optional()
    .describe(
      'A node of the segment language: conditions `field`, `segment`, `channel`, `category`, ' +
        'joined by `all`, `any`, `not`.',
    ),
  identified: z
    .enum(['true', 'all'])
    .default('true')
    .describe('`all`: with anonymous contacts, who have no external ID, e-mail or phone.'),
  deleted: z.boolean().default(false).describe('The deleted ones instead.'),
});
export type ContactSearch = z.input<typeof contactSearchSchema>;

import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** Identifiers that a parameter can be mapped to, besides `contact_key` and custom fields. */
export const MAPPED_IDENTIFIERS = ['external_id', 'email', 'phone', 'push_token'] as const;

/** A parameter of events whose value finds the contact, in addition to the well-known names. */
export const eventMappingSchema = z
  .object({
    id: idSchema,
    parameter: z.string().describe('Compared without regard to case.'),
    field: z
      .string()
      .describe('`external_id`, `email`, `phone`, `push_token`, `contact_key`, `custom.KEY`.'),
    indexing: z.boolean().describe('Contacts that had a value before are still being indexed.'),
    created_at: instantSchema,
  })
  .meta({ id: 'EventMapping' });
export type EventMapping = z.input<typeof eventMappingSchema>;

export const newEventMappingSchema = z.strictObject({
  parameter: z.string().trim().min(1).max(100),
  field: z
    .string()
    .max(110)
    .regex(/^(external_id|email|phone|push_token|contact_key|custom\..+)$/s, {
      error: 'Expected external_id, email, phone, push_token, contact_key or custom.KEY.',
    }),
});
export type NewEventMapping = z.input<typeof newEventMappingSchema>;

export const mappingTrialSchema = z.strictObject({
  event: z.string().max(100).optional().describe('Key of the event type.'),
  params: z
    .record(z.string().max(300), z.json())
    .refine((params) => JSON.stringify(params).length <= 32 * 1024, {
      error: 'Parameters may take 32 KB at most.',
    }),
});

/** Which contact an event of the REST API would find, and by what. */
export const mappingPreviewSchema = z
  .object({
    contact: idSchema.nullable().describe('Null: nobody has been found.'),
    creates: z.boolean().describe('A contact would be created.'),
    found_by: z
      .string()
      .nullable()
      .describe('The parameter that led to the contact, the first of several.'),
    identifiers: z.array(
      z.object({
        parameter: z.string(),
        field: z.string(),
        value: z.string(),
        contacts: z.int().describe('How many have it.'),
      }),
    ),
    unusable: z.array(z.object({ parameter: z.string(), message: z.string() })),
  })
  .meta({ id: 'EventMappingPreview' });
export type MappingPreview = z.input<typeof mappingPreviewSchema>;

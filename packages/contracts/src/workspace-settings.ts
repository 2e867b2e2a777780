import { z } from 'zod';
import { instantSchema, languageTagSchema } from './instant.ts';
import { sendWindowSchema } from './sending.ts';

/** Why people leave, where a workspace has not written reasons of its own. */
export const USUAL_REASONS = [
  'I get too many messages',
  'The messages are not relevant to me',
  'I never asked for these messages',
  'I do not use the app any more',
] as const;

/** Kinds of identifiers of which a contact may have several, and how many unless chosen otherwise. */
export const IDENTIFIER_LIMITS = {
  device_id: 50,
  push_token: 50,
  web_push: 50,
  anonymous_id: 200,
  chat_id: 20,
} as const;
export type LimitedIdentifier = keyof typeof IDENTIFIER_LIMITS;
const LIMITED_IDENTIFIERS = Object.keys(IDENTIFIER_LIMITS) as LimitedIdentifier[];

export const MOST_IDENTIFIERS = 1000;

/**
 * Settings of a workspace. Each has a default, so that a new one needs no migration: add a line
 * here, and read it where it acts. Only what was changed is stored.
 */
export const workspaceSettingsSchema = z
  .object({
    default_language: languageTagSchema.default('en'),
    /** ISO 3166 country of phone numbers written without one; empty: only international ones. */
    phone_country: z
      .string()
      .regex(/^([A-Z]{2})?$/, 'Expected two capital letters, or nothing.')
      .default(''),
    /** Unknown traits and fields become custom fields with the type first seen. */
    create_fields: z.boolean().default(true),
    /**
     * Values that their field cannot hold: `record` keeps them as conflicts on the card; `reject`
     * refuses them in the answer, as far as that can be known before they are applied.
     */
    type_conflicts: z.enum(['record', 'reject']).default('record'),
    /** Values that identify nobody, beside `null`, all zeros and their like; case does not matter. */
    blocked_identifiers: z.array(z.string().trim().min(1).max(300)).max(1000).default([]),
    /** Whether an e-mail (a phone) joins two contacts into one, or only finds them. */
    join_by_email: z.boolean().default(true),
    join_by_phone: z.boolean().default(true),
    /** Most values of a kind that one contact may have; what is not named has the usual limit. */
    identifier_limits: z
      .partialRecord(z.enum(LIMITED_IDENTIFIERS), z.int().min(1).max(MOST_IDENTIFIERS))
      .default({}),
    /** Addresses that `identify` brings with a write key count as confirmed. */
    identify_confirms: z.boolean().default(true),
    /** Offered to whoever unsubscribes; none: they are not asked. */
    unsubscribe_reasons: z
      .array(z.string().trim().min(1).max(200))
      .max(20)
      .default([...USUAL_REASONS]),
    /** Hours in which marketing may leave; null: always. A message may have hours of its own. */
    send_hours: sendWindowSchema.nullable().default(null),
    /** What waited for send hours leaves spread over so many minutes of their beginning. */
    release_minutes: z.int().min(0).max(720).default(60),
    /** One-element lists as objects and numbers as strings under `/api`, as some old clients need. */
    legacy_answers: z.boolean().default(false),
    /** The request rates of the public REST API. */
    rate_limits: z.boolean().default(false),
    /** `DELETE /api/v1/past_events` with a REST key is heard. */
    delete_past_events: z.boolean().default(false),
    /** Keeps the people of a sample workspace active. */
    simulator: z.boolean().default(true),
  })
  .meta({ id: 'WorkspaceSettings' });
export type WorkspaceSettings = z.output<typeof workspaceSettingsSchema>;

/** Settings to change; null goes back to the default. */
export const workspaceSettingsChangeSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(workspaceSettingsSchema.shape).map(([name, schema]) => [
      name,
      schema.unwrap().nullable().optional(),
    ]),
  ) as SettingsChangeShape,
);

type SettingsShape = typeof workspaceSettingsSchema.shape;
type SettingsChangeShape = {
  [Name in keyof SettingsShape]: z.ZodOptional<
    z.ZodNullable<ReturnType<SettingsShape[Name]['unwrap']>>
  >;
};
export type WorkspaceSettingsChange = z.output<typeof workspaceSettingsChangeSchema>;

/** Contacts that were refused an identifier, or a merge, for the same reason. */
export const identifierRefusalCountSchema = z
  .object({
    kind: z.string().describe('Of the identifier; `merge`: the contact was not merged.'),
    reason: z.string(),
    contacts: z.int(),
    last_at: instantSchema,
  })
  .meta({ id: 'IdentifierRefusalCount' });
export type IdentifierRefusalCount = z.input<typeof identifierRefusalCountSchema>;

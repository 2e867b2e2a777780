import { z } from 'zod';
import { activityCountsSchema } from './activity.ts';
import { idSchema } from './id.ts';
import { instantSchema, languageTagSchema, timeZoneSchema } from './instant.ts';
import { suppressionReasonSchema } from './suppression.ts';

/** What may be done with an address now: what was agreed to, unless something speaks against it. */
export const CHANNEL_STATUSES = [
  'subscribed',
  'unconfirmed',
  'off',
  'unsubscribed',
  'complained',
  'bounced',
  'blocked',
  'blacklisted',
] as const;
export const channelStatusSchema = z.enum(CHANNEL_STATUSES).meta({ id: 'ChannelStatus' });
export type ChannelStatus = z.infer<typeof channelStatusSchema>;

/** One reason why an address must not be written to. */
export const channelSuppressionSchema = z
  .object({
    reason: suppressionReasonSchema,
    since: instantSchema,
    until: instantSchema.nullable(),
    details: z.string().nullable(),
    source: z.string(),
  })
  .meta({ id: 'ChannelSuppression' });

/** One address of a contact on one channel. */
export const contactChannelSchema = z
  .object({
    channel: z.string(),
    address: z.string(),
    app: z.string().nullable(),
    status: channelStatusSchema,
    status_at: instantSchema.nullable().describe('Since when the status holds.'),
    until: instantSchema.nullable().describe('Of `blocked`: when it ends by itself.'),
    reason: z.string().nullable().describe('What the provider or the person said, if anything.'),
    source: z.string().nullable().describe('Where the consent or the refusal came from.'),
    consent: z
      .object({
        status: z.enum(['subscribed', 'unconfirmed']),
        at: instantSchema,
        source: z.string(),
        text: z.string().nullable(),
      })
      .nullable()
      .describe('What the contact agreed to at this address; null if nobody asked.'),
    suppressions: z
      .array(channelSuppressionSchema)
      .describe('All that speaks against it, the strictest first: that one is the status.'),
  })
  .meta({ id: 'ContactChannel' });
export type ContactChannel = z.input<typeof contactChannelSchema>;

const postalAddress = {
  street: z.string().nullable(),
  town: z.string().nullable(),
  region: z.string().nullable(),
  postcode: z.string().nullable(),
  country: z.string().nullable(),
};

/** A contact as lists show it. For roles without `contacts.read_personal` it is masked. */
export const contactSchema = z
  .object({
    id: idSchema,
    external_id: z.string().nullable().describe("The company's own ID of this person."),
    email: z.string().nullable(),
    phone: z.string().nullable().describe('E.164.'),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    contact_key: z.string().nullable(),
    gender: z.string().nullable(),
    birthday: z.string().nullable().describe('YYYY-MM-DD.'),
    language: z.string().nullable().describe('BCP 47.'),
    time_zone: z.string().nullable().describe('A name of the IANA database.'),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    address: z.object(postalAddress).nullable(),
    device_platform: z
      .array(z.string())
      .describe('What its devices run: `ios`, `android`, ...; the last seen first.'),
    source: z.string().describe('How the contact came to be known.'),
    created_at: instantSchema,
    updated_at: instantSchema.describe('Moves when the card changes, not with activity.'),
    last_seen_at: instantSchema.nullable().describe('Moves with events of its own.'),
    deleted_at: instantSchema
      .nullable()
      .describe('A deleted contact is in no list and gets nothing.'),
    custom: z.record(z.string(), z.json()).describe('Custom fields that have a value, by key.'),
    channels: z.array(contactChannelSchema),
    categories: z.array(z.string()).describe('Keys of the subscription categories opted in to.'),
    tags: z.array(z.string()),
  })
  .meta({ id: 'Contact' });
export type Contact = z.input<typeof contactSchema>;

export const contactIdentifierSchema = z
  .object({
    kind: z.string().describe('`external_id`, `email`, `device_id`, `anonymous_id`, ...'),
    value: z.string(),
    set_at: instantSchema,
    source: z.string(),
    retired: z.boolean().describe('A former external ID: it still finds the contact.'),
  })
  .meta({ id: 'ContactIdentifier' });
export type ContactIdentifier = z.input<typeof contactIdentifierSchema>;

export const contactDeviceSchema = z
  .object({
    id: z.string(),
    app: z.string().nullable(),
    platform: z.string().nullable(),
    os_type: z.string().nullable(),
    os_version: z.string().nullable(),
    category: z.string().nullable(),
    model: z.string().nullable(),
    app_version: z.string().nullable(),
    push_token: z.string().nullable(),
    push_enabled: z.boolean().nullable(),
    locale: z.string().nullable(),
    time_zone: z.string().nullable(),
    created_at: instantSchema,
    last_seen_at: instantSchema,
  })
  .meta({ id: 'ContactDevice' });
export type ContactDevice = z.input<typeof contactDeviceSchema>;

/** What a contact said about one category. */
export const categoryChoiceSchema = z
  .object({
    category: z.string().describe('Its key.'),
    name: z.string(),
    subscribed: z.boolean(),
    at: instantSchema.nullable().describe('Null: the contact never chose, the default holds.'),
    source: z.string().nullable(),
    text: z.string().nullable(),
  })
  .meta({ id: 'CategoryChoice' });
export type CategoryChoice = z.input<typeof categoryChoiceSchema>;

/** A value that somebody sent and that its field cannot hold. */
export const fieldConflictSchema = z
  .object({
    id: idSchema,
    field: z.string(),
    value: z.json(),
    reason: z.string(),
    source: z.string(),
    at: instantSchema,
    converted: z
      .json()
      .nullable()
      .describe('What the value becomes when it is taken over; null: nothing that fits.'),
  })
  .meta({ id: 'FieldConflict' });

/** When and by what a value was set. */
export const valueOriginSchema = z
  .object({
    at: instantSchema,
    source: z.string(),
    weak: z.boolean().describe('It came along with an event, and gives way to any other.'),
  })
  .meta({ id: 'ValueOrigin' });
export type ValueOrigin = z.input<typeof valueOriginSchema>;

/** Everything known about a contact. */
export const contactCardSchema = contactSchema
  .extend({
    identifiers: z.array(contactIdentifierSchema),
    devices: z.array(contactDeviceSchema),
    merged: z.array(idSchema).describe('Former contacts that became this one.'),
    conflicts: z.array(fieldConflictSchema).describe('The newest values that were not stored.'),
    set_at: z
      .record(z.string(), valueOriginSchema)
      .describe('By field as in the segment language: when and by what it was last set.'),
    category_choices: z
      .array(categoryChoiceSchema)
      .describe('Every category that is not archived, and what the contact said about it.'),
    counts: activityCountsSchema.describe('How much activity there is, by kind.'),
  })
  .meta({ id: 'ContactCard' });
export type ContactCard = z.input<typeof contactCardSchema>;

/** One thing that a contact, or somebody for them, said about being written to. */
export const consentEventSchema = z
  .object({
    at: instantSchema,
    what: z.enum([
      'subscribed',
      'unconfirmed',
      'confirmed',
      'unsubscribed',
      'complained',
      'bounced',
      'blocked',
      'blacklisted',
      'lifted',
      'withdrawn',
      'paused',
      'categories',
    ]),
    channel: z.string().nullable(),
    address: z.string().nullable(),
    lifted: z.string().nullable().describe('Of `lifted`: the reason that holds no more.'),
    until: instantSchema.nullable(),
    subscribed: z.array(z.string()).describe('Categories opted in to.'),
    unsubscribed: z.array(z.string()).describe('Categories opted out of.'),
    source: z.string(),
    by: z.string().nullable().describe('The user who wrote it down.'),
    text: z.string().nullable().describe('What the person agreed to.'),
    details: z.string().nullable().describe('What the person or the provider said.'),
    delivery: z.string().nullable().describe('The message that led to it.'),
  })
  .meta({ id: 'ConsentEvent' });
export type ConsentEvent = z.input<typeof consentEventSchema>;

/** A page of contacts; `total` comes with the first one. */
export const contactPageSchema = z
  .object({
    items: z.array(contactSchema),
    next_cursor: z.string().nullable(),
    total: z.int().nullable().describe('How many there are; null on the pages after the first.'),
    total_exact: z
      .boolean()
      .describe('False: `total` is an estimate, or of a search the least there are.'),
  })
  .meta({ id: 'ContactPage' });
export type ContactPage = z.input<typeof contactPageSchema>;

export const contactCountSchema = z
  .object({
    total: z.int(),
    total_exact: z.boolean().describe('False: an estimate, or of a search the least there are.'),
  })
  .meta({ id: 'ContactCount' });
export type ContactCount = z.input<typeof contactCountSchema>;

export const CONTACT_SORTS = [
  'created_at',
  'email',
  'external_id',
  'name',
  'last_seen_at',
  'updated_at',
] as const;
export type ContactSort = (typeof CONTACT_SORTS)[number];

const text = z.string().trim().max(1000);

/** Members that a person may fill in; checked against the fields' types when they are applied. */
const writable = {
  external_id: text.min(1).max(300),
  email: text.max(254),
  phone: text.max(50),
  first_name: text,
  last_name: text,
  contact_key: text,
  gender: text,
  birthday: z.iso.date({ error: 'Expected a day like 1990-03-28.' }),
  language: languageTagSchema,
  time_zone: timeZoneSchema,
  country: text,
  region: text,
  city: text,
} as const;

type Optional<Shape extends z.ZodRawShape> = {
  [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name] & z.ZodType>>;
};

/** Each may be left out; null empties it. */
function optional<Shape extends Record<string, z.ZodType>>(shape: Shape): Optional<Shape> {
  const entries = Object.entries(shape).map(([name, schema]) => [name, schema.nullish()]);
  return Object.fromEntries(entries) as Optional<Shape>;
}

const addressParts = {
  street: text,
  town: text,
  region: text,
  postcode: text,
  country: text,
};

const changeable = {
  ...optional(writable),
  address: z.strictObject(optional(addressParts)).nullish(),
  custom: z
    .record(z.string().min(1).max(100), z.json())
    .refine((custom) => Object.keys(custom).length <= 500, {
      error: 'At most 500 fields in one call.',
    })
    .optional()
    .describe('Custom fields by key; null empties one.'),
  confirmed: z
    .boolean()
    .optional()
    .describe('Whether the person agreed to be written to at these addresses; default true.'),
  consent_text: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .optional()
    .describe('What the person agreed to; kept with addresses that are new.'),
};

/** What is left out stays as it is; null empties it. */
export const contactChangeSchema = z.strictObject({
  ...changeable,
  withdraw_consent: z
    .boolean()
    .optional()
    .describe(
      'Takes an edit back: of addresses that this change removes, what somebody noted by hand as agreed to goes, too.',
    ),
  settles: z
    .array(idSchema)
    .max(1000)
    .optional()
    .describe(
      'Those of its `conflicts` that are settled by this change: they go as it is applied.',
    ),
});
export type ContactChange = z.input<typeof contactChangeSchema>;

export const newContactSchema = z
  .strictObject(changeable)
  .refine(({ external_id, email, phone }) => Boolean(external_id || email || phone), {
    error: 'A contact takes an external_id, an email or a phone.',
  });
export type NewContact = z.input<typeof newContactSchema>;

/** Replaces the external ID of a contact. */
export const externalIdChangeSchema = z.strictObject({ external_id: text.min(1).max(300) });

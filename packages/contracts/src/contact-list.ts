import { z } from 'zod';
import { contactSchema } from './contact.ts';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { jobSchema } from './job.ts';

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

const ids = z.array(idSchema).max(10_000);

/** Contacts to do something with: these, or all that a list would show. */
export const contactSelectionSchema = z.union([
  z.strictObject({ contacts: ids.min(1) }),
  contactSearchSchema.extend({
    except: ids.optional().describe('All of them but these.'),
  }),
]);
export type ContactSelection = z.input<typeof contactSelectionSchema>;

const categoryKey = z.string().min(1).max(63);

/** What is done with each of the contacts. */
export const bulkActionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add_to_list'), list: idSchema }),
  z.strictObject({ kind: z.literal('remove_from_list'), list: idSchema }),
  z.strictObject({
    kind: z.literal('set_field'),
    field: z.string().min(1).max(120).describe('As conditions name it: `city`, `custom.plan`.'),
    value: z.json().describe('Null empties the field.'),
  }),
  z.strictObject({ kind: z.literal('add_category'), category: categoryKey }),
  z.strictObject({ kind: z.literal('remove_category'), category: categoryKey }),
  z.strictObject({ kind: z.literal('unsubscribe'), channel: z.enum(['email', 'sms']) }),
  z.strictObject({ kind: z.literal('delete') }),
  z.strictObject({ kind: z.literal('restore') }),
]);
export type BulkAction = z.input<typeof bulkActionSchema>;
export type BulkActionKind = BulkAction['kind'];

export const bulkSchema = z.strictObject({
  selection: contactSelectionSchema,
  action: bulkActionSchema,
});
export type Bulk = z.input<typeof bulkSchema>;

/** Columns of an export beside fields. */
export const EXPORT_COLUMNS = [
  'id',
  'external_id',
  'email',
  'email_status',
  'phone',
  'phone_status',
  'first_name',
  'last_name',
  'contact_key',
  'gender',
  'birthday',
  'language',
  'time_zone',
  'country',
  'region',
  'city',
  'address.street',
  'address.town',
  'address.region',
  'address.postcode',
  'address.country',
  'device_platform',
  'source',
  'created_at',
  'updated_at',
  'last_seen_at',
  'categories',
] as const;

export const newExportSchema = z.strictObject({
  selection: contactSelectionSchema,
  columns: z
    .array(z.string().min(1).max(120))
    .min(1)
    .max(1100)
    .optional()
    .describe(
      `Of ${EXPORT_COLUMNS.join(', ')} and custom fields as \`custom.KEY\`. Default: all of them.`,
    ),
  separator: z.enum([',', ';']).default(','),
});
export type NewExport = z.input<typeof newExportSchema>;

/** An export: the job, and the file once it is there. */
export const exportSchema = jobSchema
  .extend({
    file: z
      .object({
        name: z.string(),
        rows: z.int(),
        path: z.string().describe('Where it is downloaded, below `/manage/v1`.'),
        expires_at: instantSchema,
      })
      .nullable(),
  })
  .meta({ id: 'Export' });
export type Export = z.input<typeof exportSchema>;

/** How a list is arranged. */
export const arrangementSchema = z.strictObject({
  search: z.string().max(300).optional(),
  filter: z.json().optional(),
  identified: z.enum(['true', 'all']).optional(),
  deleted: z.boolean().optional(),
  sort: z.string().max(120).optional(),
  columns: z.array(z.string().max(120)).max(200).optional(),
  widths: z.record(z.string().max(120), z.int().min(40).max(1200)).optional(),
  density: z.enum(['comfortable', 'compact']).optional(),
});
export type Arrangement = z.input<typeof arrangementSchema>;

const viewName = z.string().trim().min(1).max(80);

/** A saved view of all contacts. */
export const contactViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    shared: z.boolean().describe('Everybody in the workspace sees it.'),
    mine: z.boolean(),
    arrangement: arrangementSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'ContactView' });
export type ContactView = z.input<typeof contactViewSchema>;

export const newContactViewSchema = z.strictObject({
  name: viewName,
  shared: z.boolean().default(false),
  arrangement: arrangementSchema,
});
export type NewContactView = z.input<typeof newContactViewSchema>;

export const contactViewChangeSchema = z.strictObject({
  name: viewName.optional(),
  shared: z.boolean().optional(),
  arrangement: arrangementSchema.optional(),
});
export type ContactViewChange = z.input<typeof contactViewChangeSchema>;

/** Contacts that share an e-mail or a phone. */
export const duplicateGroupSchema = z
  .object({
    value: z.string(),
    contacts: z.array(contactSchema).describe('The oldest first; at most 20.'),
    total: z.int(),
  })
  .meta({ id: 'DuplicateGroup' });
export type DuplicateGroup = z.input<typeof duplicateGroupSchema>;

export const DUPLICATE_RULES = ['external_id', 'oldest', 'newest'] as const;

/** Merges each group of contacts that share a value into one of them. */
export const duplicateMergeSchema = z.strictObject({
  by: z.enum(['email', 'phone']),
  keep: z
    .enum(DUPLICATE_RULES)
    .describe(
      'Who stays: the one with an external ID (groups without are left alone), the oldest or the ' +
        'newest. The only one with an external ID stays in any case; groups with several are left.',
    ),
});
export type DuplicateMerge = z.input<typeof duplicateMergeSchema>;

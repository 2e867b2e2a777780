import { z } from 'zod';
import { contactSchema } from './contact.ts';
import { idSchema, keySchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { tagNameSchema } from './tag.ts';

export const SEGMENT_KINDS = ['list', 'dynamic'] as const;
export const segmentKindSchema = z.enum(SEGMENT_KINDS).meta({ id: 'SegmentKind' });
export type SegmentKind = z.infer<typeof segmentKindSchema>;

/** Unique in a workspace without regard to case. */
export const segmentNameSchema = z.string().trim().min(1).max(200);
const purposeSchema = z.string().trim().max(2000);
const tagsSchema = z.array(tagNameSchema).max(50);

export const segmentSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    kind: segmentKindSchema,
    purpose: z.string().describe('What it is for.'),
    tags: z.array(z.string()),
    source: z.string().describe('What made it: a person, an import, a call.'),
    size: z.int().describe('How many members it has now.'),
    state: z.enum(['computing', 'ready']),
    created_at: instantSchema,
    updated_at: instantSchema,
    changed_at: instantSchema.describe('The last change of it, or of its members.'),
    archived_at: instantSchema.nullable(),
  })
  .meta({ id: 'Segment' });
export type Segment = z.input<typeof segmentSchema>;

/** What refers to a segment, and keeps it from being deleted. */
export const segmentUseSchema = z
  .object({ kind: z.enum(['workflow']), id: idSchema, name: z.string(), state: z.string() })
  .meta({ id: 'SegmentUse' });
export type SegmentUse = z.input<typeof segmentUseSchema>;

export const segmentDetailSchema = segmentSchema
  .extend({ used_by: z.array(segmentUseSchema) })
  .meta({ id: 'SegmentDetail' });
export type SegmentDetail = z.input<typeof segmentDetailSchema>;

export const segmentPageSchema = z
  .object({
    items: z.array(segmentSchema),
    next_cursor: z.string().nullable(),
    total: z.int().nullable().describe('How many there are; null on the pages after the first.'),
  })
  .meta({ id: 'SegmentPage' });
export type SegmentPage = z.input<typeof segmentPageSchema>;

export const newSegmentSchema = z.strictObject({
  name: segmentNameSchema,
  kind: segmentKindSchema,
  key: keySchema.optional(),
  purpose: purposeSchema.default(''),
  tags: tagsSchema.default([]),
  definition: z.json().optional().describe('Of a dynamic segment its rule.'),
  members_of: idSchema.optional().describe('A list whose members become members of the new one.'),
});
export type NewSegment = z.input<typeof newSegmentSchema>;

export const segmentChangeSchema = z.strictObject({
  name: segmentNameSchema.optional(),
  purpose: purposeSchema.optional(),
  tags: tagsSchema.optional(),
  archived: z.boolean().optional().describe('False brings a deleted segment back.'),
});
export type SegmentChange = z.input<typeof segmentChangeSchema>;

const newListName = z.object({ name: segmentNameSchema });

/** New lists, and how many of a list's members go into each. */
export const splitSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('share'),
    lists: z
      .array(
        z.strictObject({
          ...newListName.shape,
          share: z.number().positive().max(100).describe('In percent; together 100.'),
        }),
      )
      .min(2)
      .max(20),
  }),
  z.strictObject({
    by: z.literal('size'),
    lists: z
      .array(
        z.strictObject({
          ...newListName.shape,
          size: z.int().min(1).nullable().describe('Null, of one list: all the others.'),
        }),
      )
      .min(2)
      .max(20),
  }),
]);
export type SplitOrder = z.input<typeof splitSchema>;

/** Deletes a list with its contacts. */
export const withContactsSchema = z.strictObject({
  name: z.string().max(200).describe('The name of the list, to say that it is meant.'),
});

export const memberSchema = z
  .object({ contact: contactSchema, entered_at: instantSchema })
  .meta({ id: 'Member' });
export type Member = z.input<typeof memberSchema>;

export const memberPageSchema = z
  .object({
    items: z.array(memberSchema),
    next_cursor: z.string().nullable(),
    total: z.int().nullable().describe('How many there are; null on the pages after the first.'),
  })
  .meta({ id: 'MemberPage' });
export type MemberPage = z.input<typeof memberPageSchema>;

/** How a request names a contact: its ID, or what it is known by. */
export const memberReferenceSchema = z
  .union([
    idSchema,
    z.strictObject({ external_id: z.string().min(1).max(300) }),
    z.strictObject({ email: z.string().min(1).max(254) }),
    z.strictObject({ phone: z.string().min(1).max(50) }),
  ])
  .meta({ id: 'MemberReference' });
export type MemberReference = z.input<typeof memberReferenceSchema>;

/** Contacts that one call may put into a list and take out of it. */
export const MOST_MEMBERS_CHANGED = 500;

export const memberChangesSchema = z
  .strictObject({
    add: z.array(memberReferenceSchema).default([]),
    remove: z.array(memberReferenceSchema).default([]),
  })
  .refine(({ add, remove }) => add.length + remove.length <= MOST_MEMBERS_CHANGED, {
    error: `At most ${MOST_MEMBERS_CHANGED} contacts in one call.`,
  })
  .refine(({ add, remove }) => add.length + remove.length > 0, {
    error: 'Name contacts to `add` or to `remove`.',
  });
export type MemberChanges = z.input<typeof memberChangesSchema>;

export const membersChangedSchema = z
  .object({
    added: z.int().describe('Contacts that were not members before.'),
    removed: z.int().describe('Contacts that were.'),
    unchanged: z.int().describe('Contacts found that were, or were not, members already.'),
    not_found: z.array(memberReferenceSchema).describe('As they were named in the call.'),
  })
  .meta({ id: 'MembersChanged' });
export type MembersChanged = z.input<typeof membersChangedSchema>;

/** Who came and went, and why. */
export const membershipLogEntrySchema = z
  .object({
    id: z.string().describe('Of the fact: its ID under `/events`.'),
    entered: z.boolean().describe('False: left.'),
    at: instantSchema,
    contact: contactSchema
      .pick({
        id: true,
        external_id: true,
        email: true,
        phone: true,
        first_name: true,
        last_name: true,
      })
      .nullable()
      .describe('Null: deleted since.'),
    contact_id: idSchema,
    cause: z.string(),
    source: z.string(),
  })
  .meta({ id: 'MembershipLogEntry' });
export type MembershipLogEntry = z.input<typeof membershipLogEntrySchema>;

/** A segment that a contact is in. */
export const contactSegmentSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    kind: segmentKindSchema,
    entered_at: instantSchema,
  })
  .meta({ id: 'ContactSegment' });
export type ContactSegment = z.input<typeof contactSegmentSchema>;

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

/**
 * `computing`: the latest rule is being computed and the members of the one before are kept;
 * `failed`: that was cancelled or broke off, and they still are.
 */
export const segmentStateSchema = z
  .enum(['computing', 'ready', 'failed'])
  .meta({ id: 'SegmentState' });
export type SegmentState = z.infer<typeof segmentStateSchema>;

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
    state: segmentStateSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
    changed_at: instantSchema.describe('The last change of it, or of its members.'),
    archived_at: instantSchema.nullable(),
  })
  .meta({ id: 'Segment' });
export type Segment = z.input<typeof segmentSchema>;

/** What refers to a segment, and keeps it from being deleted. */
export const segmentUseSchema = z
  .object({
    kind: z.enum(['workflow', 'segment', 'campaign']),
    id: idSchema,
    name: z.string(),
    state: z.string(),
  })
  .meta({ id: 'SegmentUse' });
export type SegmentUse = z.input<typeof segmentUseSchema>;

/** A place in a definition (a JSON pointer) and what is to be said of it. */
export const definitionRemarkSchema = z
  .object({ path: z.string(), message: z.string() })
  .meta({ id: 'DefinitionRemark' });
export type DefinitionRemark = z.input<typeof definitionRemarkSchema>;

/** A segment as it was saved, with what is right and yet surprising in its rule. */
export const savedSegmentSchema = segmentSchema
  .extend({
    warnings: z
      .array(definitionRemarkSchema)
      .describe('Such as an event type that nobody has sent yet.'),
  })
  .meta({ id: 'SavedSegment' });
export type SavedSegment = z.input<typeof savedSegmentSchema>;

/** A version that is being computed. */
export const segmentComputationSchema = z
  .object({
    version: z.int(),
    job: idSchema.nullable().describe('Under `/jobs`, where it is cancelled and goes on.'),
    progress: z
      .object({ done: z.int(), total: z.int() })
      .nullable()
      .describe('Contacts whose membership is written; null until it is known how many.'),
    started_at: instantSchema,
  })
  .meta({ id: 'SegmentComputation' });
export type SegmentComputation = z.input<typeof segmentComputationSchema>;

/** A segment as the list of them shows it. */
export const listedSegmentSchema = segmentSchema
  .extend({
    computing: segmentComputationSchema.nullable().describe('Of its rule as saved last.'),
    used_by: z.array(segmentUseSchema).describe('What would miss it.'),
  })
  .meta({ id: 'ListedSegment' });
export type ListedSegment = z.input<typeof listedSegmentSchema>;

export const segmentDetailSchema = listedSegmentSchema
  .extend({
    definition: z.json().nullable().describe('The rule as saved last; null for a list.'),
    version: z.int().describe('Of the rule whose members are kept; 0: none was computed yet.'),
    latest_version: z.int().describe('Of the rule as saved last; 0 for a list.'),
    computed_at: instantSchema.nullable().describe('When the kept version was computed.'),
    took_ms: z.int().nullable().describe('How long that took.'),
  })
  .meta({ id: 'SegmentDetail' });
export type SegmentDetail = z.input<typeof segmentDetailSchema>;

export const segmentPageSchema = z
  .object({
    items: z.array(listedSegmentSchema),
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
  definition: z
    .json()
    .optional()
    .describe('Of a dynamic segment its rule, in the segment language.'),
  members_of: idSchema.optional().describe('A list whose members become members of the new one.'),
});
export type NewSegment = z.input<typeof newSegmentSchema>;

export const segmentChangeSchema = z.strictObject({
  name: segmentNameSchema.optional(),
  purpose: purposeSchema.optional(),
  tags: tagsSchema.optional(),
  definition: z
    .json()
    .optional()
    .describe('Of a dynamic segment: computed as long work; until then its members stay.'),
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
    by: z
      .string()
      .nullable()
      .describe(
        'Which change it was: `event:WorkoutCompleted`, `field:city`; null: none, or not told.',
      ),
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
    next_change_at: instantSchema
      .nullable()
      .describe('When time alone may end it; null: never, as for lists.'),
  })
  .meta({ id: 'ContactSegment' });
export type ContactSegment = z.input<typeof contactSegmentSchema>;

/** A rule to try. */
export const segmentTrialSchema = z.strictObject({
  definition: z.json().describe('A definition of the segment language.'),
  segment: idSchema
    .optional()
    .describe('The segment that it is drawn for: it must not lead back to it.'),
});
export type SegmentTrial = z.input<typeof segmentTrialSchema>;

/** An event as it might come, with the values that a rule takes from the event being handled. */
export const trialEventSchema = z.strictObject({
  params: z.record(z.string(), z.json()).default({}),
  key: z.string().nullable().optional(),
  source: z.string().nullable().optional(),
  context: z.record(z.string(), z.json()).nullable().optional(),
});
export type TrialEvent = z.input<typeof trialEventSchema>;

/** A rule to ask of everybody. */
export const segmentPreviewTrialSchema = segmentTrialSchema.extend({
  event: trialEventSchema
    .optional()
    .describe('Where `{"$event": path}` leads; without it a rule that has one is refused.'),
});
export type SegmentPreviewTrial = z.input<typeof segmentPreviewTrialSchema>;

/** Who would be in a segment now. */
export const segmentPreviewSchema = z
  .object({
    count: z.int().describe('Exact, as of now.'),
    sample: z.array(contactSchema).describe('Ten of them.'),
    took_ms: z.int(),
    warnings: z.array(definitionRemarkSchema),
  })
  .meta({ id: 'SegmentPreview' });
export type SegmentPreview = z.input<typeof segmentPreviewSchema>;

/** What is to be said of a rule without asking for anybody. */
export const segmentCheckSchema = z
  .object({
    errors: z.array(definitionRemarkSchema),
    warnings: z.array(definitionRemarkSchema),
    sentence: z.string().nullable().describe('The rule in words; null while there are errors.'),
    conditions: z.int().describe('How many conditions it has.'),
  })
  .meta({ id: 'SegmentCheck' });
export type SegmentCheck = z.input<typeof segmentCheckSchema>;

/** A rule, and the contact about whom it is asked. */
export const explainTrialSchema = segmentPreviewTrialSchema.extend({ contact: idSchema });
export type ExplainTrial = z.input<typeof explainTrialSchema>;

/** A condition, or a join of some, with its answer, the values it saw and its words. */
export interface ExplainedCondition {
  node: unknown;
  result: boolean;
  values: Record<string, unknown>;
  sentence: string;
  children: ExplainedCondition[];
}

export const explainedConditionSchema: z.ZodType<ExplainedCondition> = z
  .object({
    node: z.json(),
    result: z.boolean(),
    values: z.record(z.string(), z.json()),
    sentence: z.string(),
    get children(): z.ZodType<ExplainedCondition[]> {
      return z.array(explainedConditionSchema);
    },
  })
  .meta({ id: 'ExplainedCondition' });

/** Why a contact is in a segment now, or is not. */
export const segmentExplanationSchema = z
  .object({
    member: z.boolean().describe('By the rule, as of now.'),
    kept: z
      .object({ member: z.boolean(), entered_at: instantSchema.nullable() })
      .nullable()
      .describe('As it is kept; null for a rule that was not saved.'),
    next_change_at: instantSchema
      .nullable()
      .describe('Time alone changes nothing before; null: never.'),
    missing: z.array(z.string()).describe('Paths of the event that have no value.'),
    tree: explainedConditionSchema,
  })
  .meta({ id: 'SegmentExplanation' });
export type SegmentExplanation = z.input<typeof segmentExplanationSchema>;

/** A list with those who are in a segment now. */
export const freezeSchema = z.strictObject({ name: segmentNameSchema });
export type Freeze = z.input<typeof freezeSchema>;

export const frozenListSchema = segmentSchema
  .extend({ job: idSchema.describe('Under `/jobs`: puts the members into it.') })
  .meta({ id: 'FrozenList' });
export type FrozenList = z.input<typeof frozenListSchema>;

export const MOST_OVERLAPPING = 3;

/** How many contacts are in which of some segments: every contact of them in exactly one region. */
export const segmentOverlapSchema = z
  .object({
    regions: z.array(
      z.object({
        in: z.array(idSchema).describe('The segments, and no other of those asked for.'),
        count: z.int(),
      }),
    ),
    took_ms: z.int(),
  })
  .meta({ id: 'SegmentOverlap' });
export type SegmentOverlap = z.input<typeof segmentOverlapSchema>;

/** A day of a segment, of UTC. */
export const segmentDaySchema = z
  .object({
    day: z.iso.date(),
    size: z.int().describe('At its end; of today, now.'),
    entered: z.int(),
    left: z.int(),
  })
  .meta({ id: 'SegmentDay' });
export type SegmentDay = z.input<typeof segmentDaySchema>;

export const segmentSizesSchema = z
  .object({ days: z.array(segmentDaySchema).describe('The oldest first.') })
  .meta({ id: 'SegmentSizes' });
export type SegmentSizes = z.input<typeof segmentSizesSchema>;

/** Segments whose sizes one call may ask for. */
export const MOST_SIZED = 100;

/** The sizes of several segments, as a list of them draws them. */
export const sizesOfSegmentsSchema = z
  .object({
    days: z.array(z.iso.date()).describe('The oldest first.'),
    items: z
      .array(
        z.object({
          id: idSchema,
          sizes: z.array(z.int()).describe('At the end of each of the days; of today, now.'),
        }),
      )
      .describe('A segment that is not there any more is not among them.'),
  })
  .meta({ id: 'SizesOfSegments' });
export type SizesOfSegments = z.input<typeof sizesOfSegmentsSchema>;

const named = { id: idSchema, name: z.string() };

/** What conditions can name in a workspace. */
export const segmentVocabularySchema = z
  .object({
    fields: z.array(
      z.object({
        field: z.string().describe('As in the segment language.'),
        name: z.string(),
        type: z.string(),
        choices: z.array(z.string()).nullable(),
        group: z.string().nullable().describe('Of a custom field.'),
      }),
    ),
    event_types: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        category: z.string(),
        params: z.array(
          z.object({
            path: z.string().describe('As in the segment language.'),
            types: z.array(z.string()),
            examples: z.array(z.json()),
          }),
        ),
      }),
    ),
    channels: z.array(z.object({ key: z.string(), states: z.array(z.string()) })),
    categories: z.array(z.object({ key: z.string(), name: z.string() })),
    segments: z.array(z.object({ ...named, kind: segmentKindSchema })),
    workflows: z.array(z.object({ ...named, state: z.string() })),
    messages: z.array(z.object({ ...named, channel: z.string() })),
    tags: z.array(z.string()),
    apps: z.array(z.object({ key: z.string(), name: z.string() })),
    time_zone: z.string().describe('Of the workspace.'),
    currency: z.string().describe('Of the workspace.'),
  })
  .meta({ id: 'SegmentVocabulary' });
export type SegmentVocabulary = z.input<typeof segmentVocabularySchema>;

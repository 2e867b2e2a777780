import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { sendTermsSchema } from './sending.ts';
import { subjectCountSchema } from './subject-count.ts';
import { tagNameSchema } from './tag.ts';

export const CAMPAIGN_STATES = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'finished',
  'cancelled',
] as const;
export const campaignStateSchema = z.enum(CAMPAIGN_STATES).meta({ id: 'CampaignState' });
export type CampaignState = z.infer<typeof campaignStateSchema>;

const timeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Expected a time such as 09:30.')
  .describe('Of the wall clock, `HH:MM`.');
const dateSchema = z.iso.date({ error: 'Expected a date such as 2026-03-01.' });
const zoneSchema = z
  .enum(['workspace', 'contact'])
  .default('workspace')
  .describe('Whose wall clock: that of the workspace, or that of each contact.');

/** When a campaign sends. */
export const campaignScheduleSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('now') }),
    z.strictObject({
      kind: z.literal('once'),
      date: dateSchema,
      time: timeSchema,
      zone: zoneSchema,
    }),
    z.strictObject({
      kind: z.literal('recurring'),
      every: z.enum(['day', 'week', 'month']),
      weekdays: z
        .array(z.int().min(1).max(7))
        .max(7)
        .default([])
        .describe('With `week`: 1 is Monday.'),
      day: z
        .int()
        .min(1)
        .max(31)
        .default(1)
        .describe('With `month`; in a shorter month its last day.'),
      time: timeSchema,
      zone: zoneSchema,
      until: dateSchema.optional().describe('The last day on which it may send.'),
    }),
  ])
  .meta({ id: 'CampaignSchedule' });
export type CampaignSchedule = z.output<typeof campaignScheduleSchema>;

/** At most so many contacts in each unit of time, counted from the start. */
export const campaignPaceSchema = z
  .strictObject({
    n: z.int().min(1).max(10_000_000),
    per: z.enum(['second', 'minute', 'hour', 'day', 'month']).describe('`month` is 30 days.'),
  })
  .meta({ id: 'CampaignPace' });
export type CampaignPace = z.output<typeof campaignPaceSchema>;

/** Those to whom an earlier campaign was delivered, by what they did with it. */
export const campaignFollowsSchema = z
  .strictObject({
    campaign: z.string().regex(/^[1-9]\d{0,15}$/, 'Expected the ID of a campaign.'),
    who: z.enum(['not_opened', 'not_clicked', 'opened', 'clicked']),
  })
  .meta({ id: 'CampaignFollows' });
export type CampaignFollows = z.output<typeof campaignFollowsSchema>;

/** Several messages of one channel, compared with each other. */
export const campaignSplitSchema = z
  .strictObject({
    others: z
      .array(idSchema.nullable())
      .min(1)
      .max(7)
      .describe('Messages besides `message`, which is the first variant.'),
    shares: z
      .array(z.int().min(1).max(99))
      .min(2)
      .max(8)
      .describe(
        'Percent of those who are compared, by variant, the first one first; together 100.',
      ),
    test: z
      .strictObject({
        share: z.int().min(1).max(90).describe('Percent of the audience that is compared.'),
        by: z
          .enum(['opened', 'clicked', 'event'])
          .describe('What people must have done; machines do not count.'),
        event: z
          .string()
          .max(200)
          .optional()
          .describe('With `event`: the key of a type that contacts have after their send.'),
        window_minutes: z
          .int()
          .min(1)
          .max(43_200)
          .default(7 * 24 * 60)
          .describe('With `event`: how long after its send it counts.'),
        wait_minutes: z
          .int()
          .min(1)
          .max(43_200)
          .nullable()
          .describe('From when everybody compared was decided about; null: a person chooses.'),
      })
      .nullable()
      .describe('The others of the audience get the best one; null: everybody is compared.'),
  })
  .refine(({ others, shares }) => shares.length === others.length + 1, {
    path: ['shares'],
    error: 'Give each variant its share: one more than there are in `others`.',
  })
  .meta({ id: 'CampaignSplit' });
export type CampaignSplit = z.output<typeof campaignSplitSchema>;

const count = z.number().int();

/** How the winner was found, and the counts that it was found by. */
export const campaignWinnerSchema = z
  .object({
    how: z
      .enum(['rate', 'tie', 'too_little', 'person'])
      .describe(
        '`rate`: the greatest; `tie`, `too_little`: the first of those that cannot be told apart; `person`: chosen.',
      ),
    at: instantSchema,
    counts: z.array(z.object({ sent: count, did: count })).describe('By variant, as of then.'),
  })
  .meta({ id: 'CampaignWinner' });

export const campaignListItemSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    state: campaignStateSchema,
    message: idSchema.nullable(),
    message_name: z.string().nullable(),
    channel: z.string().nullable(),
    schedule: campaignScheduleSchema,
    series: idSchema.nullable().describe('The recurring campaign that this is an occurrence of.'),
    origin: z
      .object({ workflow: idSchema, block: z.string(), run: idSchema.nullable() })
      .nullable()
      .describe('The block and the run of a workflow that launched it.'),
    tags: z.array(z.string()),
    starts_at: instantSchema.nullable().describe('When it starts by itself.'),
    started_at: instantSchema.nullable(),
    ended_at: instantSchema.nullable(),
    created_at: instantSchema,
    updated_at: instantSchema,
    audience: count.describe('Contacts of its audience that were read so far.'),
    decided: count.describe('Of these, contacts about whom was decided.'),
  })
  .meta({ id: 'CampaignListItem' });
export type CampaignListItem = z.input<typeof campaignListItemSchema>;

/** Something that stands in the way of a start, or is worth knowing before it. */
export const campaignProblemSchema = z
  .object({ path: z.string(), message: z.string() })
  .meta({ id: 'CampaignProblem' });
export type CampaignProblem = z.infer<typeof campaignProblemSchema>;

/** How the messages of a campaign leave, and to which of several addresses. */
export const campaignTermsSchema = sendTermsSchema
  .extend({
    app: z.string().min(1).max(300).optional().describe('Only devices of this app (mobile push).'),
  })
  .meta({ id: 'CampaignTerms' });
export type CampaignTerms = z.output<typeof campaignTermsSchema>;

export const campaignSchema = campaignListItemSchema
  .extend({
    message_version: z.int().nullable().describe('What is sent, fixed by the start.'),
    include: z.array(idSchema),
    exclude: z.array(idSchema),
    follows: campaignFollowsSchema.nullable(),
    pace: campaignPaceSchema.nullable(),
    hold_out: z.int().describe('Percent of the audience that gets nothing.'),
    split: campaignSplitSchema.nullable(),
    terms: campaignTermsSchema,
    tested_at: instantSchema.nullable().describe('When everybody compared was decided about.'),
    winner: z.int().nullable().describe('The variant that the others get; 0 is the first.'),
    winner_result: campaignWinnerSchema.nullable(),
    read_at: instantSchema.nullable().describe('When its whole audience was noted.'),
    reason: z.string().nullable().describe('Why it could not start by itself.'),
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.input<typeof campaignSchema>;

const segmentIds = z.array(idSchema).max(100);

const contents = {
  name: z.string().trim().min(1).max(200),
  message: idSchema.nullable(),
  include: segmentIds.describe('Members of any of these segments.'),
  exclude: segmentIds.describe('Without the members of any of these.'),
  follows: campaignFollowsSchema
    .nullable()
    .describe('Only those of the segments, or of all without segments, who got that campaign.'),
  schedule: campaignScheduleSchema,
  pace: campaignPaceSchema.nullable(),
  hold_out: z.int().min(0).max(50),
  split: campaignSplitSchema.nullable(),
  terms: campaignTermsSchema,
  tags: z.array(tagNameSchema).max(50),
};

export const newCampaignSchema = z.strictObject({
  name: contents.name,
  key: keySchema.optional().describe('Default: made from the name.'),
  message: contents.message.default(null),
  include: contents.include.default([]),
  exclude: contents.exclude.default([]),
  follows: contents.follows.default(null),
  schedule: contents.schedule.default({ kind: 'now' }),
  pace: contents.pace.default(null),
  hold_out: contents.hold_out.default(0),
  split: contents.split.default(null),
  terms: contents.terms.default({}),
  tags: contents.tags.default([]),
});
export type NewCampaign = z.input<typeof newCampaignSchema>;

/** What is left out stays as it is. */
export const campaignChangeSchema = z.strictObject(contents).partial();
export type CampaignChange = z.input<typeof campaignChangeSchema>;

const reasonCountSchema = z.object({ reason: z.string(), gate: z.string(), n: count });

/** Who would get it, and why not the others. */
export const campaignPreviewSchema = z
  .object({
    eligible: count.describe('Members of the audience at this moment.'),
    asked: count.describe(
      'How many of them the gates were asked about: all, or evenly spaced ones.',
    ),
    reachable: count.describe('Of those asked.'),
    left_out: z.array(reasonCountSchema).describe('Of those asked, by reason.'),
    errors: z.array(campaignProblemSchema).describe('What stands in the way of a start.'),
    warnings: z.array(campaignProblemSchema),
    took_ms: count,
  })
  .meta({ id: 'CampaignPreview' });
export type CampaignPreview = z.input<typeof campaignPreviewSchema>;

/** `eligible = sent + refused by reason + waiting + gone + cancelled`, to the last contact. */
export const campaignBalanceSchema = z
  .object({
    eligible: count,
    sent: count.describe('Decided as sent; `queued` of them have not left yet.'),
    queued: count,
    refused: count,
    reasons: z.array(reasonCountSchema),
    held: count.describe('Wait for an instant at which they are asked again.'),
    waiting: count.describe('Nothing was decided about them yet.'),
    cancelled: count.describe('The campaign was cancelled before anything was decided about them.'),
    gone: count.describe('Nothing is kept about them any more.'),
    complete: z.boolean().describe('The whole audience was read.'),
  })
  .meta({ id: 'CampaignBalance' });
export type CampaignBalance = z.input<typeof campaignBalanceSchema>;

const outcomeCounts = {
  sent: count.describe('Left, whatever became of it.'),
  delivered: count,
  opened: count.describe('By people; with `machines=true`, by anybody.'),
  clicked: count.describe('By people; with `machines=true`, by anybody.'),
  unsubscribed: count,
  complained: count,
  undelivered: count,
  uncertain: count,
};

export const campaignReportSchema = z
  .object({
    counted_at: instantSchema.describe(
      'A report is kept for five times as long as it took to count, and told again. Of a great campaign the last ' +
        'one is told at once.',
    ),
    counting: z.boolean().describe('Whether a newer one is being counted: ask again.'),
    balance: campaignBalanceSchema,
    totals: z.object(outcomeCounts),
    machines: z.object({
      opened: count.describe('Sends that only machines opened.'),
      clicked: count.describe('Sends that only machines clicked.'),
    }),
    variants: z
      .array(
        z.object({
          message: idSchema,
          name: z.string(),
          decided: count.describe('Without those who get nothing to compare with.'),
          refused: count,
          held: count,
          ...outcomeCounts,
          converted: count
            .nullable()
            .describe('Who had the event of the test after their send; null: it asks for none.'),
        }),
      )
      .describe('What became of each message, the first one first; empty: there is but one.'),
    subjects: z
      .array(subjectCountSchema)
      .describe('Of messages with several subjects: what became of each.'),
    over_time: z.array(z.object({ at: instantSchema, sent: count, opened: count, clicked: count })),
    bucket_ms: count.describe('How long each piece of `over_time` is.'),
    languages: z.array(z.object({ name: z.string(), ...outcomeCounts })),
    domains: z.array(z.object({ name: z.string(), ...outcomeCounts })),
    delays: z
      .array(
        z.object({
          until_ms: count.nullable().describe('Before so long; null: later than all of these.'),
          opened: count,
          clicked: count,
        }),
      )
      .describe('Sends by how long after the hand-over they were first opened, and first clicked.'),
    links: z
      .array(z.object({ url: z.string(), message: idSchema, clicks: count, contacts: count }))
      .describe('Of each message, the most clicked first, at most 200.'),
  })
  .meta({ id: 'CampaignReport' });
export type CampaignReport = z.input<typeof campaignReportSchema>;

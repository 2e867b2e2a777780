import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema, timeZoneSchema } from './instant.ts';
import { tagNameSchema } from './tag.ts';

const from = z
  .string({ error: 'expected a time such as "09:00"' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as "09:00"');
const to = z
  .string({ error: 'expected a time such as "21:00", at most "24:00"' })
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time such as "21:00", at most "24:00"');

/**
 * Hours of the week in which messages may leave: from `from`, before `to`, over midnight when `to`
 * is the earlier. `days` (1 is Monday; absent: every day) are those on which the hours begin.
 */
export const sendWindowSchema = z
  .strictObject({
    from,
    to,
    days: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
    zone: z
      .union([z.enum(['contact', 'workspace']), timeZoneSchema], {
        error: 'expected "contact", "workspace" or a zone such as "Europe/Kyiv"',
      })
      .optional()
      .describe('Default: the contact’s zone, else the workspace’s.'),
  })
  .refine((hours) => hours.from !== hours.to, {
    path: ['to'],
    error: 'expected another time than "from"',
  });
export type SendWindow = z.output<typeof sendWindowSchema>;

/** When messages may leave: as the workspace says, always, or within hours of their own. */
export const sendHoursSchema = z.union([z.enum(['workspace', 'any']), sendWindowSchema], {
  error: 'expected "workspace", "any" or {"from", "to", "days", "zone"}',
});
export type SendHours = z.output<typeof sendHoursSchema>;

/** From the least to the most urgent. */
export const PRIORITIES = ['low', 'normal', 'high'] as const;
export const prioritySchema = z.enum(PRIORITIES, { error: 'expected "low", "normal" or "high"' });
export type Priority = z.output<typeof prioritySchema>;

/** Which of several devices or chats: all of them, or the one that was used last. */
export const ADDRESS_CHOICES = ['all', 'last_seen'] as const;
export const addressChoiceSchema = z.enum(ADDRESS_CHOICES);
export type AddressChoice = z.output<typeof addressChoiceSchema>;

const TTL_UNIT_MINUTES = { minute: 1, hour: 60, day: 24 * 60 } as const;
const MOST_TTL_MINUTES = 30 * TTL_UNIT_MINUTES.day;

/** How long after it was asked for a message may still leave. */
export const timeToLiveSchema = z
  .strictObject({
    n: z.int({ error: 'expected a whole number from 1' }).min(1, 'expected a whole number from 1'),
    unit: z.enum(['minute', 'hour', 'day'], { error: 'expected minute, hour or day' }),
  })
  .refine(({ n, unit }) => n * TTL_UNIT_MINUTES[unit] <= MOST_TTL_MINUTES, {
    path: ['n'],
    error: 'expected at most 30 days',
  });
export type TimeToLive = z.output<typeof timeToLiveSchema>;

export function timeToLiveMs({ n, unit }: TimeToLive): number {
  return n * TTL_UNIT_MINUTES[unit] * 60_000;
}

/** How a message leaves, unless the block that sends it says otherwise. */
export const messageSendingSchema = z
  .strictObject({
    priority: prioritySchema
      .default('normal')
      .describe('Who goes first where rules do not let all messages to a contact pass.'),
    send_hours: sendHoursSchema.default('workspace'),
    ttl: timeToLiveSchema
      .nullable()
      .default(null)
      .describe('How long it may still leave; null: as long as the channel says.'),
    addresses: addressChoiceSchema
      .nullable()
      .default(null)
      .describe('Which of several devices or chats; null: as the channel says.'),
  })
  .meta({ id: 'MessageSending' });
export type MessageSending = z.output<typeof messageSendingSchema>;

/** What is left out stays as it is. */
export const messageSendingChangeSchema = z.strictObject({
  priority: prioritySchema.optional(),
  send_hours: sendHoursSchema.optional(),
  ttl: timeToLiveSchema.nullable().optional(),
  addresses: addressChoiceSchema.nullable().optional(),
});
export type MessageSendingChange = z.output<typeof messageSendingChangeSchema>;

const termsShape = {
  send_hours: sendHoursSchema.optional(),
  ttl: timeToLiveSchema.optional(),
  priority: prioritySchema.optional(),
  addresses: addressChoiceSchema.optional(),
};

/** What a block or campaign says of how its messages leave; what is left out is as the message says. */
export const sendTermsSchema = z.strictObject(termsShape).meta({ id: 'SendTerms' });
export type SendTermsView = z.output<typeof sendTermsSchema>;

const WINDOW_UNIT_HOURS = { minute: 1 / 60, hour: 1, day: 24, week: 7 * 24 } as const;
const MOST_WINDOW_HOURS = 366 * 24;

const rollingWindow = z
  .strictObject({
    type: z.literal('rolling'),
    n: z.int().min(1),
    unit: z.enum(['minute', 'hour', 'day', 'week']),
  })
  .refine(({ n, unit }) => n * WINDOW_UNIT_HOURS[unit] <= MOST_WINDOW_HOURS, {
    path: ['n'],
    error: 'expected at most 366 days',
  });
export type RollingWindow = z.output<typeof rollingWindow>;

export function rollingMs({ n, unit }: Pick<RollingWindow, 'n' | 'unit'>): number {
  return Math.round(n * WINDOW_UNIT_HOURS[unit] * 3_600_000);
}

const calendarWindow = z.strictObject({
  type: z.literal('calendar'),
  unit: z.enum(['day', 'week', 'month']),
  zone: z.enum(['contact', 'workspace']).default('contact'),
});

/** Any so many hours or days; or the days, weeks (from Monday) or months of the calendar. */
export const frequencyWindowSchema = z.discriminatedUnion('type', [rollingWindow, calendarWindow]);
export type FrequencyWindow = z.output<typeof frequencyWindowSchema>;

const ruleShape = {
  kind: z
    .enum(['cap', 'gap'])
    .describe('`gap`: the least time between two messages, a cap of one in a rolling window.'),
  most: z.int().min(1).max(1000).default(1).describe('Of a cap: so many messages in the window.'),
  window: frequencyWindowSchema,
  channels: z.array(z.string().max(50)).max(20).default([]).describe('None: every channel.'),
  tags: z.array(tagNameSchema).max(50).default([]).describe('Messages with one of these tags.'),
  categories: z
    .array(keySchema)
    .max(50)
    .default([])
    .describe('Messages in one of these subscription categories, by key.'),
  each_channel: z.boolean().default(false).describe('Every channel is counted by itself.'),
  counts: z
    .enum(['marketing', 'all'])
    .default('marketing')
    .describe('`all`: transactional messages count, too. They are never held back.'),
  when_reached: z
    .enum(['refuse', 'wait'])
    .default('refuse')
    .describe('`wait`: until it fits, if that is within the message’s time to live.'),
  enabled: z.boolean().default(true),
};

interface GapLike {
  kind: 'cap' | 'gap';
  most: number;
  window: { type: string };
}
const isSound = ({ kind, most, window }: GapLike): boolean =>
  kind === 'cap' || (most === 1 && window.type === 'rolling');
const gapFault = { path: ['window'], error: 'a gap is one message in a rolling window' };

/** The rule itself: what is previewed, and saved under a key. */
export const frequencyRuleDraftSchema = z.strictObject(ruleShape).refine(isSound, gapFault);
export type FrequencyRuleDraft = z.output<typeof frequencyRuleDraftSchema>;

export const newFrequencyRuleSchema = z
  .strictObject({ ...ruleShape, key: keySchema.optional().describe('Default: made.') })
  .refine(isSound, gapFault);

/** What is left out stays as it is; the whole is checked again. */
export const frequencyRuleChangeSchema = z.strictObject({
  kind: ruleShape.kind.optional(),
  most: ruleShape.most.unwrap().optional(),
  window: frequencyWindowSchema.optional(),
  channels: ruleShape.channels.unwrap().optional(),
  tags: ruleShape.tags.unwrap().optional(),
  categories: ruleShape.categories.unwrap().optional(),
  each_channel: z.boolean().optional(),
  counts: ruleShape.counts.unwrap().optional(),
  when_reached: ruleShape.when_reached.unwrap().optional(),
  enabled: z.boolean().optional(),
});

export const frequencyRuleSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    ...ruleShape,
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'FrequencyRule' });
export type FrequencyRule = z.input<typeof frequencyRuleSchema>;

/** What a rule would have done to the messages of the past week, exactly. */
export const frequencyPreviewSchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    messages: z.int().describe('That left, and that the rule is about.'),
    kept_back: z.int().describe('Those of them that the rule would have kept back.'),
    contacts: z.int().describe('Whom that concerns.'),
  })
  .meta({ id: 'FrequencyPreview' });
export type FrequencyPreview = z.input<typeof frequencyPreviewSchema>;

/** All decisions of a message block (or campaign): eligible is sent, waiting and refused together. */
export const sendBalanceSchema = z
  .object({
    block: z.string().nullable(),
    eligible: z.int(),
    sent: z.int(),
    waiting: z.record(z.string(), z.int()).describe('By what they wait for.'),
    refused: z.record(z.string(), z.int()).describe('By the reason.'),
  })
  .meta({ id: 'SendBalance' });
export type SendBalance = z.input<typeof sendBalanceSchema>;

export const sendBalancesSchema = z
  .object({
    items: z.array(sendBalanceSchema),
    counted_since: instantSchema
      .nullable()
      .describe('What was decided before is not counted, since there is more than 20,000.'),
  })
  .meta({ id: 'SendBalances' });
export type SendBalances = z.input<typeof sendBalancesSchema>;

import { z } from 'zod';
import { defineBlock, type Reference, type SettingsProblem } from '../block.ts';
import { durationMs, durationSchema, UNIT_MS } from '../duration/duration.ts';
import { termsShape } from '../message-block/define-message-block.ts';
import { filterSchema } from '../workflow/filter.ts';
import { eventKeySchema } from '../workflow/starts.ts';

/** Channels whose messages a block may choose among. */
export const CHOICE_CHANNELS = [
  'email',
  'mobile_push',
  'web_push',
  'sms',
  'viber',
  'telegram',
  'app_inbox',
  'in_app',
] as const;

/** So many variants stand beside each other; of more the newest. */
export const MOST_VARIANTS = 50;

const tagId = z.union([z.string().regex(/^[1-9]\d{0,15}$/), z.int().positive().transform(String)], {
  error: 'expected the ID of a tag',
});

/** What is learnt of a variant comes when its window closes, so it is no longer than that. */
const windowSchema = durationSchema
  .refine((within) => durationMs(within) <= 30 * UNIT_MS.day, {
    path: ['n'],
    error: 'expected at most 30 days',
  })
  .default({ n: 1, unit: 'day' });

const goalSchema = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('click'), within: windowSchema }),
    z.strictObject({ type: z.literal('open'), within: windowSchema }),
    z.strictObject({
      type: z.literal('event'),
      event: eventKeySchema,
      where: filterSchema.optional(),
      within: windowSchema,
    }),
  ],
  { error: 'expected {"type": "click" | "open" | "event"}' },
);

const settings = z.strictObject({
  channel: z.enum(CHOICE_CHANNELS, { error: `expected one of ${CHOICE_CHANNELS.join(', ')}` }),
  /** Messages with one of these tags are the variants, as they are at the moment of the step. */
  include: z.array(tagId).min(1, 'expected a tag').max(50),
  /** But none that bears one of these. */
  exclude: z.array(tagId).max(50).default([]),
  /** Days during which a contact is not sent the same variant again. */
  memory: z
    .int({ error: 'expected a whole number of days' })
    .min(0, 'expected days from 0')
    .max(365, 'expected at most 365 days')
    .default(4),
  /** What the memory leaves nothing of: the one sent longest ago, or the exit `failed`. */
  all_sent: z.enum(['oldest', 'failed']).default('oldest'),
  /** What a variant is there for; what came of it counts when the window closes. */
  goal: goalSchema.default({ type: 'click', within: { n: 1, unit: 'day' } }),
  /** By what was learnt, or evenly. */
  mode: z.enum(['bandit', 'equal']).default('bandit'),
  ...termsShape,
});

export type OneFromManySettings = z.output<typeof settings>;
export type ChoiceGoal = OneFromManySettings['goal'];

/** Nobody tells whether these were opened. */
const WITHOUT_OPENS: ReadonlySet<string> = new Set(['sms', 'telegram']);

function problems({ channel, goal, app }: OneFromManySettings): SettingsProblem[] {
  return [
    ...(goal.type === 'open' && WITHOUT_OPENS.has(channel)
      ? [{ path: '/goal/type', message: 'Nobody tells whether these messages were opened.' }]
      : []),
    ...(app !== undefined && channel !== 'mobile_push' && channel !== 'web_push'
      ? [{ path: '/app', message: 'Addresses of this channel belong to no app.' }]
      : []),
  ];
}

/** Sends one of several messages, and learns which does best. */
export const oneFromManyBlock = defineBlock({
  type: 'one_from_many',
  group: 'message',
  icon: 'versions',
  label: 'One from many',
  settings,
  exits: () => ['next', 'failed'],
  waiting: false,
  onFailure: 'continue',
  sentence: ({ channel, include, mode, goal }) => ({
    id: `block.one_from_many.${mode}`,
    values: {
      channel,
      tags: include.length,
      goal: goal.type,
      event: goal.type === 'event' ? goal.event : '',
    },
  }),
  defaults: () => ({
    channel: 'email',
    include: [],
    memory: 4,
    goal: { type: 'click', within: { n: 1, unit: 'day' } },
    mode: 'bandit',
  }),
  references: ({ include, exclude, goal }): Reference[] => [
    ...include.map((id, i) => ({ kind: 'tag', id, path: `/include/${i}` }) as const),
    ...exclude.map((id, i) => ({ kind: 'tag', id, path: `/exclude/${i}` }) as const),
    ...(goal.type === 'event'
      ? [{ kind: 'event', key: goal.event, path: '/goal/event' } as const]
      : []),
  ],
  problems,
  texts: {
    label: 'One from many',
    bandit:
      'Send the {channel, select, email {email message} mobile_push {mobile push} web_push {web push} sms {SMS} viber {Viber message} telegram {Telegram message} app_inbox {inbox message} other {in-app message}} of {tags, plural, one {a tag} other {# tags}} that brings {goal, select, click {most clicks} open {most opens} other {most of {event}}}',
    equal:
      'Send any {channel, select, email {email message} mobile_push {mobile push} web_push {web push} sms {SMS} viber {Viber message} telegram {Telegram message} app_inbox {inbox message} other {in-app message}} of {tags, plural, one {a tag} other {# tags}}, evenly',
  },
});

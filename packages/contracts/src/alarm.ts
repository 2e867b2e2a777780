import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** What is counted. */
export const alarmSeriesSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('event'),
      event: z.string().min(1).max(100).describe('Key of an event type, also one of the program.'),
    }),
    z.strictObject({
      kind: z.literal('starts'),
      workflow: idSchema.optional().describe('Absent: all workflows together.'),
    }),
    z.strictObject({
      kind: z.literal('failures'),
      workflow: idSchema.optional().describe('Absent: all workflows together.'),
    }),
    z.strictObject({
      kind: z.literal('sends'),
      channel: z.string().min(1).max(40).optional(),
      message: idSchema.optional(),
      tag: idSchema.optional().describe('Of messages that have this tag now.'),
    }),
  ])
  .meta({ id: 'AlarmSeries' });
export type AlarmSeries = z.input<typeof alarmSeriesSchema>;

export const ALARM_PERIODS = ['hour', 'day'] as const;
export const ALARM_LEVELS = ['warning', 'alarm'] as const;

export const alarmThresholdSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), value: z.number().int().min(0).max(1e12) }),
  z.strictObject({
    kind: z.literal('usual'),
    tolerance: z
      .number()
      .min(1)
      .max(20)
      .describe(
        'How many spreads from the median of the same hour (or weekday) of the last six weeks. A spread is ' +
          '1.4826 times the median absolute deviation, at least the square root of the median, at least 1.',
      ),
  }),
]);
export type AlarmThreshold = z.infer<typeof alarmThresholdSchema>;

/** When a number is worth an alarm. */
export const alarmRuleSchema = z.strictObject({
  series: alarmSeriesSchema,
  period: z.enum(ALARM_PERIODS).describe('Hours and days are those of the workspace.'),
  direction: z.enum(['below', 'above']),
  threshold: alarmThresholdSchema,
});
export type AlarmRule = z.input<typeof alarmRuleSchema>;

export const alarmEpisodeSchema = z
  .object({
    id: idSchema,
    /** The period whose number raised it. */
    from: instantSchema,
    raised_at: instantSchema,
    ended_at: instantSchema.nullable().describe('Null: it goes on.'),
    value: z.number().int(),
    bound: z.number().describe('What the number was below, or above.'),
    expected: z.number().nullable().describe('What is usual; null with a fixed threshold.'),
  })
  .meta({ id: 'AlarmEpisode' });
export type AlarmEpisode = z.input<typeof alarmEpisodeSchema>;

export const alarmSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    level: z.enum(ALARM_LEVELS),
    rule: alarmRuleSchema,
    contact: idSchema.nullable().describe('Whose event `AlarmRaised` is; null: nobody’s.'),
    enabled: z.boolean(),
    judged_until: instantSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
    /** The episode that goes on, or null. */
    open: alarmEpisodeSchema.nullable(),
  })
  .meta({ id: 'Alarm' });
export type Alarm = z.input<typeof alarmSchema>;

export const alarmDetailSchema = alarmSchema
  .extend({ episodes: z.array(alarmEpisodeSchema).describe('The last 50, newest first.') })
  .meta({ id: 'AlarmDetail' });
export type AlarmDetail = z.input<typeof alarmDetailSchema>;

const name = z.string().trim().min(1).max(200);
const level = z.enum(ALARM_LEVELS);

export const newAlarmSchema = z.strictObject({
  name,
  level: level.default('warning'),
  rule: alarmRuleSchema,
  contact: idSchema.nullable().default(null),
});
export type NewAlarm = z.input<typeof newAlarmSchema>;

export const alarmChangeSchema = z.strictObject({
  name: name.optional(),
  level: level.optional(),
  rule: alarmRuleSchema.optional(),
  contact: idSchema.nullable().optional(),
  enabled: z.boolean().optional(),
});
export type AlarmChange = z.input<typeof alarmChangeSchema>;

/** One period as the rule saw it, or would have. */
export const alarmPointSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  value: z.number().int(),
  expected: z.number().nullable(),
  bound: z.number().nullable().describe('Null: not enough is known to judge.'),
  fires: z.boolean(),
  down: z.boolean().describe('The program was down for most of it, so too little is no news.'),
});
export type AlarmPoint = z.input<typeof alarmPointSchema>;

/** What a rule would have done in the last 30 days. */
export const alarmPreviewSchema = z
  .object({
    points: z.array(alarmPointSchema),
    episodes: z.array(
      z.object({
        from: instantSchema,
        to: instantSchema.nullable(),
        value: z.number().int(),
        bound: z.number(),
      }),
    ),
  })
  .meta({ id: 'AlarmPreview' });
export type AlarmPreview = z.input<typeof alarmPreviewSchema>;

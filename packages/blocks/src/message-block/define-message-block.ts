import { z } from 'zod';
import { defineBlock, type BlockDefinition, type SettingsProblem } from '../block.ts';
import { durationSchema } from '../duration/duration.ts';
import { readTimeOfDay } from '../time-of-day.ts';

const timeSchema = z.string().refine((text) => readTimeOfDay(text) !== undefined, {
  error: 'expected a time such as "09:00"',
});

/** When messages may leave; `any` is always. */
export const sendHoursSchema = z.union(
  [
    z.enum(['workspace', 'any']),
    z.strictObject({
      from: timeSchema,
      to: timeSchema,
      days: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
      zone: z.string().optional(),
    }),
  ],
  { error: 'expected "workspace", "any" or {"from", "to", "days", "zone"}' },
);

/** ID of a message, in decimal. */
const messageId = z.union(
  [z.string().regex(/^[1-9]\d{0,15}$/), z.int().positive().transform(String)],
  { error: 'expected the ID of a message' },
);

const settings = z.strictObject({
  message: messageId,
  app: z.string().min(1).optional(),
  language: z.string().min(2).max(35).optional(),
  send_hours: sendHoursSchema.optional(),
  ttl: durationSchema.optional(),
  /** Ignores unconfirmed, unsubscribed, complained and categories. */
  transactional: z.boolean().optional(),
  /** For the template, as `data`; may hold references. */
  data: z.record(z.string(), z.json()).optional(),
});

export type MessageSettings = z.output<typeof settings>;

interface MessageBlockLook<Type extends string> {
  readonly type: Type;
  readonly icon: string;
  readonly label: string;
  /** ICU text with `{message}`. */
  readonly sends: string;
}

/** All message blocks are one block with another channel; its type is the channel's key. */
export function defineMessageBlock<const Type extends string>({
  type,
  icon,
  label,
  sends,
}: MessageBlockLook<Type>): BlockDefinition<Type, typeof settings> {
  return defineBlock({
    type,
    group: 'message',
    icon,
    label,
    settings,
    exits: () => ['next', 'failed'],
    waiting: false,
    onFailure: 'continue',
    sentence: ({ message }, names) => ({
      id: `block.${type}.sends`,
      values: { message: names.message(message) },
    }),
    defaults: () => ({}),
    references: ({ message }) => [
      { kind: 'message', id: message, channel: type, path: '/message' },
    ],
    problems: notYetHonoured,
    texts: { label, sends },
  });
}

/** Better refused on publish than ignored while running. */
function notYetHonoured(settings: MessageSettings): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (settings.send_hours !== undefined && settings.send_hours !== 'any') {
    problems.push({ path: '/send_hours', message: 'Send hours are not available yet; use "any".' });
  }
  if (settings.ttl !== undefined) {
    problems.push({ path: '/ttl', message: 'A time to live of one block is not available yet.' });
  }
  if (settings.app !== undefined) {
    problems.push({ path: '/app', message: 'Choosing an app is not available yet.' });
  }
  return problems;
}

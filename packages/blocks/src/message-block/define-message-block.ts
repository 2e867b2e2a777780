import {
  addressChoiceSchema,
  prioritySchema,
  sendHoursSchema,
  timeToLiveSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { defineBlock, type BlockDefinition, type SettingsProblem } from '../block.ts';
import { parameter } from '../parameter/parameter.ts';

/** ID of a message, in decimal. */
export const messageId = z.union(
  [z.string().regex(/^[1-9]\d{0,15}$/), z.int().positive().transform(String)],
  { error: 'expected the ID of a message' },
);

/** How a message leaves, and what it is rendered with: the same for all blocks that send one. */
export const termsShape = {
  /** Only devices of this app, by its key. */
  app: parameter(z.string().min(1).max(200)).optional(),
  language: parameter(z.string().min(2).max(35)).optional(),
  send_hours: sendHoursSchema.optional(),
  ttl: timeToLiveSchema.optional(),
  /** Who goes first where rules do not let all messages to a contact pass. */
  priority: prioritySchema.optional(),
  /** Which of several devices or chats. */
  addresses: addressChoiceSchema.optional(),
  /** Ignores unconfirmed, unsubscribed, complained and categories. */
  transactional: z.boolean().optional(),
  /** For the template, as `data`; may hold references. */
  data: z.record(z.string(), z.json()).optional(),
};

const settings = z.strictObject({ message: messageId, ...termsShape });

export type MessageSettings = z.output<typeof settings>;

interface MessageBlockLook<Type extends string> {
  readonly type: Type;
  readonly icon: string;
  readonly label: string;
  /** ICU text with `{message}`. */
  readonly sends: string;
  /** Its addresses are devices, each of an app. */
  readonly ofApps?: true;
}

/** All message blocks are one block with another channel; its type is the channel's key. */
export function defineMessageBlock<const Type extends string>({
  type,
  icon,
  label,
  sends,
  ofApps,
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
    readsAgain: true,
    references: ({ message }) => [
      { kind: 'message', id: message, channel: type, path: '/message' },
    ],
    problems: (settings) => (ofApps ? [] : withoutApps(settings)),
    texts: { label, sends },
  });
}

/** Better refused on publish than ignored while running. */
function withoutApps(settings: MessageSettings): SettingsProblem[] {
  if (settings.app === undefined) return [];
  return [{ path: '/app', message: 'Addresses of this channel belong to no app.' }];
}

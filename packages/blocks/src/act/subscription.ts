import { z } from 'zod';
import type { BlockText, Reference, SettingsProblem } from '../block.ts';
import type { Act } from '../step.ts';

/** A subscription category, or a whole channel. */
export const subscriptionSettings = z.strictObject({
  /** Key of a category. */
  category: z.string().min(1).max(100).optional(),
  /** Whose address is the contact's e-mail or phone. */
  channel: z.enum(['email', 'sms', 'viber']).optional(),
});

type Settings = z.output<typeof subscriptionSettings>;

export function subscriptionReferences({ category, channel }: Settings): Reference[] {
  return [
    ...(category === undefined
      ? []
      : [{ kind: 'category', key: category, path: '/category' } as const]),
    ...(channel === undefined
      ? []
      : [{ kind: 'channel', key: channel, path: '/channel' } as const]),
  ];
}

export function subscriptionProblems({ category, channel }: Settings): SettingsProblem[] {
  if ((category === undefined) !== (channel === undefined)) return [];
  return [{ path: '', message: 'Choose one of `category` and `channel`.' }];
}

export function subscriptionText(type: string, { category, channel }: Settings): BlockText {
  if (category !== undefined) return { id: `block.${type}.category`, values: { category } };
  if (channel !== undefined) return { id: `block.${type}.channel`, values: { channel } };
  return { id: `block.${type}.empty`, values: {} };
}

export function subscriptionAct({ category, channel }: Settings, subscribed: boolean): Act {
  return category === undefined
    ? { act: 'channel', channel: channel!, subscribed }
    : { act: 'category', category, subscribed };
}

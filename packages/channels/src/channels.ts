import { appInbox } from './app-inbox/channel.ts';
import type { ChannelDefinition } from './channel.ts';
import { email } from './email/channel.ts';
import { inApp } from './in-app/channel.ts';
import { mobilePush } from './mobile-push/channel.ts';
import { sms } from './sms/channel.ts';
import { telegram } from './telegram/channel.ts';
import { viber } from './viber/channel.ts';
import { webPush } from './web-push/channel.ts';

/**
 * Every channel. What is chosen by channel is a mapped type over this record. New ones go to the
 * end: links in messages that have left name a channel by its place.
 */
export const channels = {
  email,
  mobile_push: mobilePush,
  web_push: webPush,
  in_app: inApp,
  app_inbox: appInbox,
  sms,
  viber,
  telegram,
} as const satisfies Record<string, ChannelDefinition>;

export type ChannelKey = keyof typeof channels;

export const channelKeys: readonly ChannelKey[] = Object.keys(channels) as ChannelKey[];

export function isChannelKey(key: string): key is ChannelKey {
  return Object.hasOwn(channels, key);
}

/** The definition behind a key that came from outside, or undefined. */
export function findChannel(key: string): ChannelDefinition | undefined {
  return isChannelKey(key) ? channels[key] : undefined;
}

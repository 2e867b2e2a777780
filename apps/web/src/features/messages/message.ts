import type { Message } from '@perennial/contracts';

/** The content of one language. */
export type MessageContent = Message['content'][string];

/** The channels a message can be written for, in the order of the library. */
export const messageChannels = [
  'email',
  'mobile_push',
  'web_push',
  'in_app',
  'app_inbox',
  'sms',
  'viber',
  'telegram',
] as const;

export type MessageChannel = (typeof messageChannels)[number];

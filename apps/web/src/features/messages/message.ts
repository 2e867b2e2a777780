/** A reusable template for one channel, with a version for each language. */
export interface Message {
  id: string;
  key: string;
  name: string;
  channel: string;
  default_language: string;
  content: Record<string, MessageContent>;
  tags: string[];
  categories: string[];
  created_at: string;
  updated_at: string;
}

export type MessageContent = Record<string, unknown>;

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

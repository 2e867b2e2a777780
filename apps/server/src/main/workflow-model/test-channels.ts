/** Each has a block of its name. */
export const CHANNELS = [
  'email',
  'sms',
  'viber',
  'telegram',
  'web_push',
  'mobile_push',
  'app_inbox',
  'in_app',
] as const;
export type Channel = (typeof CHANNELS)[number];

import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { pushContent, type PushContent } from '../push-content.ts';

export const webPush = {
  key: 'web_push',
  label: 'Web push',
  icon: 'bell',
  colour: 'channel-web-push',
  content: pushContent,
  html: [],
  literal: [],
  address: 'web_push',
  consent: 'device',
  maxAddresses: 20,
  addressChoices: ['all', 'last_seen'],
  ttlMs: 2 * DAY_MS,
  retryForMs: DAY_MS,
  headIsClick: false,
} as const satisfies ChannelDefinition<PushContent>;

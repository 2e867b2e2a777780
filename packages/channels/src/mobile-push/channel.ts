import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { pushContent, type PushContent } from '../push-content.ts';

export const mobilePush = {
  key: 'mobile_push',
  label: 'Mobile push',
  icon: 'device-mobile-message',
  colour: 'channel-mobile-push',
  content: pushContent,
  html: [],
  literal: [],
  address: 'push_token',
  consent: 'device',
  maxAddresses: 20,
  addressChoices: ['all', 'last_seen'],
  ttlMs: 2 * DAY_MS,
  retryForMs: DAY_MS,
  headIsClick: true,
} as const satisfies ChannelDefinition<PushContent>;

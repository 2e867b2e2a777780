import { z } from 'zod';
import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { customData, liquidText, someLiquidText, ttlSeconds, URL_LENGTH } from '../liquid-text.ts';

export const appInboxContent = z.strictObject({
  title: someLiquidText(1_000),
  body: someLiquidText(50_000),
  link: liquidText(URL_LENGTH).optional(),
  image: liquidText(URL_LENGTH).optional(),
  category: liquidText(200).optional(),
  data: customData.optional(),
  ttl_seconds: ttlSeconds.optional(),
});
export type AppInboxContent = z.infer<typeof appInboxContent>;

export const appInbox = {
  key: 'app_inbox',
  label: 'App inbox',
  icon: 'inbox',
  colour: 'channel-app-inbox',
  content: appInboxContent,
  html: ['body'],
  literal: [],
  address: 'app',
  consent: 'none',
  maxAddresses: 1,
  addressChoices: [],
  ttlMs: 7 * DAY_MS,
  retryForMs: DAY_MS,
  headIsClick: true,
} as const satisfies ChannelDefinition<AppInboxContent>;

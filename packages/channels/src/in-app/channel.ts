import { z } from 'zod';
import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { someLiquidText, ttlSeconds } from '../liquid-text.ts';

/** HTML shown by the app's SDK in one of four layouts. */
export const inAppContent = z.strictObject({
  layout: z.enum(['fullscreen', 'popup', 'slideup', 'bar']).default('popup'),
  html: someLiquidText(500_000),
  ttl_seconds: ttlSeconds.optional(),
});
export type InAppContent = z.infer<typeof inAppContent>;

export const inApp = {
  key: 'in_app',
  label: 'In-app',
  icon: 'app-window',
  colour: 'channel-in-app',
  content: inAppContent,
  html: ['html'],
  literal: ['layout'],
  address: 'app',
  consent: 'none',
  maxAddresses: 20,
  addressChoices: ['all', 'last_seen'],
  ttlMs: 7 * DAY_MS,
  retryForMs: DAY_MS,
  headIsClick: true,
} as const satisfies ChannelDefinition<InAppContent>;

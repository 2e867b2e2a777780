import { z } from 'zod';
import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { liquidText, someLiquidText } from '../liquid-text.ts';

export const smsContent = z.strictObject({
  text: someLiquidText(5_000),
  /** Name shown as the sender, where the country allows one. */
  from: liquidText(200).optional(),
  track_links: z
    .boolean()
    .describe('Web links in the text lead through this program, which makes them longer.')
    .optional(),
});
export type SmsContent = z.infer<typeof smsContent>;

export const sms = {
  key: 'sms',
  label: 'SMS',
  icon: 'message',
  colour: 'channel-sms',
  content: smsContent,
  html: [],
  literal: [],
  address: 'phone',
  consent: 'address',
  maxAddresses: 1,
  addressChoices: [],
  ttlMs: 2 * DAY_MS,
  retryForMs: DAY_MS,
  headIsClick: false,
} as const satisfies ChannelDefinition<SmsContent>;

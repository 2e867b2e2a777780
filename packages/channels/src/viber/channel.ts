import { z } from 'zod';
import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { liquidText, someLiquidText, ttlSeconds, URL_LENGTH } from '../liquid-text.ts';

export const viberContent = z.strictObject({
  text: someLiquidText(5_000),
  image: liquidText(URL_LENGTH).optional(),
  button: z
    .strictObject({ text: someLiquidText(200), link: someLiquidText(URL_LENGTH) })
    .optional(),
  ttl_seconds: ttlSeconds.optional(),
});
export type ViberContent = z.infer<typeof viberContent>;

export const viber = {
  key: 'viber',
  label: 'Viber',
  icon: 'phone-call',
  colour: 'channel-viber',
  content: viberContent,
  html: [],
  literal: [],
  address: 'phone',
  consent: 'address',
  maxAddresses: 1,
  addressChoices: [],
  ttlMs: 2 * DAY_MS,
  retryForMs: DAY_MS,
  headIsClick: false,
} as const satisfies ChannelDefinition<ViberContent>;

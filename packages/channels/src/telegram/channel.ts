import { z } from 'zod';
import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { liquidText, someLiquidText, URL_LENGTH } from '../liquid-text.ts';

export const telegramContent = z.strictObject({
  text: someLiquidText(10_000),
  image: liquidText(URL_LENGTH).optional(),
  buttons: z
    .array(z.strictObject({ text: someLiquidText(200), link: someLiquidText(URL_LENGTH) }))
    .max(10)
    .optional(),
});
export type TelegramContent = z.infer<typeof telegramContent>;

export const telegram = {
  key: 'telegram',
  label: 'Telegram',
  icon: 'brand-telegram',
  colour: 'channel-telegram',
  content: telegramContent,
  html: [],
  literal: [],
  address: 'chat_id',
  consent: 'device',
  maxAddresses: 5,
  addressChoices: ['all', 'last_seen'],
  ttlMs: 2 * DAY_MS,
  retryForMs: DAY_MS,
  headIsClick: false,
} as const satisfies ChannelDefinition<TelegramContent>;

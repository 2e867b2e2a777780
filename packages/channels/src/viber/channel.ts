import { z } from 'zod';
import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { liquidText, someLiquidText, ttlSeconds, URL_LENGTH } from '../liquid-text.ts';

export const viberContent = z
  .strictObject({
    text: someLiquidText(5_000),
    from: liquidText(200).describe('Name of the sender, as the operator knows it.').optional(),
    kind: z
      .enum(['promotional', 'transactional'])
      .describe('What the operator charges it as; transactional ones are text alone.')
      .optional(),
    image: liquidText(URL_LENGTH).optional(),
    button: z
      .strictObject({ text: someLiquidText(200), link: someLiquidText(URL_LENGTH) })
      .optional(),
    ttl_seconds: ttlSeconds.optional(),
    expired_text: liquidText(5_000)
      .describe('What iPhones show in place of a message that came too late.')
      .optional(),
    sms: z
      .strictObject({ text: someLiquidText(5_000), from: liquidText(200).optional() })
      .describe('Sent by the operator to those whom the message does not reach.')
      .optional(),
  })
  .refine(({ kind, image, button }) => kind !== 'transactional' || (!image && !button), {
    path: ['kind'],
    message: 'A transactional message is text alone: without a picture and a button.',
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

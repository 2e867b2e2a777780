import { z } from 'zod';
import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { customData, someLiquidText, URL_LENGTH } from '../liquid-text.ts';
import { pushButton, pushContent } from '../push-content.ts';

/** As many as the SDK shows in turn. */
const MOST_IMAGES = 10;

export const mobilePushContent = pushContent.extend({
  images: z
    .array(z.strictObject({ url: someLiquidText(URL_LENGTH) }))
    .min(1)
    .max(MOST_IMAGES)
    .describe('Pictures that are shown in turn; `image` where only one can be shown.')
    .optional(),
  buttons: z
    .array(pushButton.extend({ data: customData.optional() }))
    .max(4)
    .optional(),
});
export type MobilePushContent = z.infer<typeof mobilePushContent>;

export const mobilePush = {
  key: 'mobile_push',
  label: 'Mobile push',
  icon: 'device-mobile-message',
  colour: 'channel-mobile-push',
  content: mobilePushContent,
  html: [],
  literal: [],
  address: 'push_token',
  consent: 'device',
  maxAddresses: 20,
  addressChoices: ['all', 'last_seen'],
  ttlMs: 2 * DAY_MS,
  retryForMs: DAY_MS,
  headIsClick: true,
} as const satisfies ChannelDefinition<MobilePushContent>;

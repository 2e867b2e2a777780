import { z } from 'zod';
import {
  customData,
  liquidNumber,
  liquidText,
  someLiquidText,
  ttlSeconds,
  URL_LENGTH,
} from './liquid-text.ts';

export const pushButton = z.strictObject({
  id: z.string().min(1).max(100).optional(),
  text: someLiquidText(200),
  icon: liquidText(200).optional(),
  link: liquidText(URL_LENGTH).optional(),
});

/** Mobile and web push; the limits are those of the services' payload of 4,096 bytes. */
export const pushContent = z.strictObject({
  title: someLiquidText(1_000),
  subtitle: liquidText(1_000).optional(),
  body: someLiquidText(4_000),
  image: liquidText(URL_LENGTH).optional(),
  icon: liquidText(URL_LENGTH).optional(),
  link: liquidText(URL_LENGTH).optional(),
  buttons: z.array(pushButton).max(4).optional(),
  data: customData.optional(),
  badge: liquidNumber.optional(),
  sound: liquidText(200).optional(),
  ttl_seconds: ttlSeconds.optional(),
});
export type PushContent = z.infer<typeof pushContent>;

/**
 * Channels and providers as data: what the server, the web interface and the docs all derive from.
 * Sending needs Node.js and lives in `@perennial/channels/providers`.
 */
export type { AddressChoice, AddressKind, ChannelDefinition, ConsentKind } from './channel.ts';
export { channelKeys, channels, findChannel, isChannelKey } from './channels.ts';
export type { ChannelKey } from './channels.ts';
export type { BounceClass } from './email/returned/classify-bounce.ts';
export { emailContent } from './email/channel.ts';
export type { EmailContent } from './email/channel.ts';
export { smtpSecrets, smtpSettings } from './email/smtp/kind.ts';
export type { SmtpSecrets, SmtpSettings } from './email/smtp/kind.ts';
export type { VendorDns, VendorRecord } from './email/vendor-dns.ts';
export { inAppContent } from './in-app/channel.ts';
export type { InAppContent } from './in-app/channel.ts';
export { appInboxContent } from './app-inbox/channel.ts';
export type { AppInboxContent } from './app-inbox/channel.ts';
export type { ProviderKind } from './provider-kind.ts';
export { findProviderKind, isProviderKind, providerKinds } from './provider-kinds.ts';
export type { ProviderKindKey } from './provider-kinds.ts';
export { pushContent } from './push-content.ts';
export type { PushContent } from './push-content.ts';
export { smsContent } from './sms/channel.ts';
export type { SmsContent } from './sms/channel.ts';
export { telegramContent } from './telegram/channel.ts';
export type { TelegramContent } from './telegram/channel.ts';
export { viberContent } from './viber/channel.ts';
export type { ViberContent } from './viber/channel.ts';
export {
  DELIVERY_STATUSES,
  furthestStatus,
  laterStatus,
  type DeliveryStatus,
} from './delivery-status.ts';

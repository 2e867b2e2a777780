import type { ContactCard } from '@perennial/contracts';

const CHANNELS: Record<string, string> = { email: 'email', phone: 'sms' };

/**
 * Whether the last change of this field noted a consent at the address it set: only that one is
 * taken back with it, not what was known of the address before.
 */
export function consentCameWith(
  { channels, set_at: setAt }: Pick<ContactCard, 'channels' | 'set_at'>,
  key: string,
): boolean {
  const consent = channels.find(({ channel }) => channel === CHANNELS[key])?.consent;
  if (consent?.status !== 'subscribed' || consent.source !== 'manual') return false;
  return consent.at === setAt[key]?.at;
}

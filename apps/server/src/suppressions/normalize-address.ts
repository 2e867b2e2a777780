import { findChannel } from '@perennial/channels';
import { normalizeEmail, normalizePhone } from '../contacts/index.ts';

/**
 * As contacts keep it, so that it is found at every send; undefined for what is no address of the
 * channel. `country` reads phone numbers without one.
 */
export function normalizeAddress(
  channel: string,
  text: string,
  country?: string,
): string | undefined {
  const kind = findChannel(channel)?.address;
  if (kind === undefined) return undefined;
  if (kind === 'email') return normalizeEmail(text);
  if (kind === 'phone') return normalizePhone(text, country);
  return text.trim() || undefined;
}

import type { ContactChannel } from '@perennial/contracts';

type ConsentNote = 'agreed' | 'agreedBefore' | 'asked';

/** What a consent adds to what speaks against the address; null: it is said already, or nothing. */
export function consentNote({
  consent,
  suppressions,
}: Pick<ContactChannel, 'consent' | 'suppressions'>): ConsentNote | null {
  if (!consent || suppressions.length === 0) return null;
  if (consent.status === 'unconfirmed') return 'asked';
  const agreed = Date.parse(consent.at);
  return suppressions.every(({ since }) => agreed <= Date.parse(since)) ? 'agreedBefore' : 'agreed';
}

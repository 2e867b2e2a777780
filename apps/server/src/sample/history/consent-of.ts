import type { Consent } from '../../inbox/index.ts';
import type { Call } from '../people/deeds.ts';

const AGREED = 'Yes, send me the newsletter.';

/** What somebody ticked as they signed up; the same each time that the call is made. */
export function consentOf(call: Call): Consent | undefined {
  if (call.type !== 'identify' || call.traits['signed_up_at'] === undefined) return undefined;
  const wantsNews = call.traits['newsletter'] === true;
  // Of three who want the newsletter one wants offers too; of three who do not one wants nothing.
  const isThird = call.at % 3 === 0;
  return {
    categories: {
      newsletter: wantsNews,
      ...(wantsNews && isThird && { offers: true }),
      ...(!wantsNews && isThird && { 'training-tips': false }),
    },
    ...(wantsNews && { text: AGREED }),
  };
}

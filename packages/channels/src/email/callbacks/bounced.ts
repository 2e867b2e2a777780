import { classifyBounce, type Bounce, type BounceClass } from '../returned/classify-bounce.ts';
import { enhancedCodeIn, replyCodeIn } from '../returned/enhanced-code.ts';
import type { Returned } from '../returned/read-returned-mail.ts';

const MOST_CHARACTERS = 2_000;

/** A refusal with the server's words. */
export function bounced(bounce: Bounce, answer = ''): Returned {
  return { kind: 'bounced', ...bounce, answer: answer.slice(0, MOST_CHARACTERS) };
}

/** By the server's own code and words, where a vendor passes them on. */
export function classify({ status, text }: { status?: string | undefined; text: string }): Bounce {
  const words = text.slice(0, MOST_CHARACTERS);
  return classifyBounce({
    status: status || enhancedCodeIn(words),
    code: replyCodeIn(words),
    text: words,
  });
}

/** The class where the server's words say nothing clear. */
export function unlessClear(bounce: Bounce, otherwise: BounceClass): Bounce {
  return bounce.bounce === 'counted' ? { ...bounce, bounce: otherwise } : bounce;
}

/** The vendor did not even try: the address is on a list of its own. */
export const ON_VENDORS_LIST: Bounce = {
  bounce: 'dead',
  reason: "on the provider's suppression list",
};
export const BY_POLICY: Bounce = { bounce: 'ignored', reason: 'refused by policy' };
export const CONTENT: Bounce = { bounce: 'ignored', reason: 'content refused' };
export const TOO_LARGE: Bounce = { bounce: 'ignored', reason: 'message too large' };
export const FULL: Bounce = { bounce: 'blocked', reason: 'mailbox full' };
export const UNKNOWN_ADDRESS: Bounce = { bounce: 'dead', reason: 'address unknown' };
export const EXPIRED: Bounce = { bounce: 'dead', reason: 'gave up after days' };

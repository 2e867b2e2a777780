import type { HttpAnswer, HttpOutcome } from '../../http/http-port.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { BounceClass } from '../returned/classify-bounce.ts';
import type { SendOutcome } from '../../provider.ts';

/** Outcomes other than `accepted`: what a call that did not succeed can mean. */
export type Failure = Exclude<SendOutcome, { kind: 'accepted' }>;

export function rejected(
  reason: string,
  answer: string,
  more: { bounce?: BounceClass } = {},
): Failure {
  return { kind: 'rejected', reason, answer, ...more };
}

/** The provider takes nothing from us until somebody does something about it. */
export function refusal(answer: string): Failure {
  const reason = 'provider refuses';
  return { kind: 'deferred', reason, answer, providerTrouble: true, pause: 'refused' };
}

/** Too much at once, or in all: it wants to be left alone. */
export function throttling(answer: string, until: Date): Failure {
  const reason = 'throttled';
  return { kind: 'deferred', reason, answer, until, providerTrouble: true, pause: 'throttled' };
}

/** The message's sender is not (yet) one of the account's; others of it may be. */
export function unverifiedSender(answer: string): Failure {
  return { kind: 'deferred', reason: 'sender not verified', answer, providerTrouble: true };
}

const THROTTLED_MS = 5_000;

/** Any answer that a vendor's own rules say nothing of, by its status. */
export function failureOf(answer: HttpAnswer, text: string, { now }: { now: Date }): Failure {
  const { status } = answer;
  const until = retryAfter(answer, { now });
  if (status === 429) return throttling(text, until ?? new Date(now.getTime() + THROTTLED_MS));
  if (status === 401 || status === 402 || status === 403) return refusal(text);
  if (status === 413) return rejected('message too large', text);
  // A proxy between us and the provider does not know what became of the request.
  if (status === 502 || status === 504) {
    return { kind: 'uncertain', reason: 'no answer after the message', answer: text };
  }
  if (status === 503 && until) return throttling(text, until);
  if (status >= 500 || status === 408) {
    return { kind: 'deferred', reason: 'provider failed', answer: text, providerTrouble: true };
  }
  if (status < 300) return { kind: 'uncertain', reason: 'answer not understood', answer: text };
  if (status < 400 || status === 404 || status === 405) return refusal(text);
  return rejected('rejected', text);
}

/** A call without an answer. */
export function unanswered(outcome: Exclude<HttpOutcome, { kind: 'answered' }>): Failure {
  const { kind, problem: answer } = outcome;
  if (kind === 'lost') return { kind: 'uncertain', reason: 'no answer after the message', answer };
  if (kind === 'forbidden') return refusal(answer);
  return { kind: 'deferred', reason: 'connection failed', answer, providerTrouble: true };
}

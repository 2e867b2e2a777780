import type { HttpAnswer } from '../../http/http-port.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { SendOutcome, Verified } from '../../provider.ts';
import { failureOf, rejected, refusal, throttling } from '../api/answer-outcome.ts';
import { okWhen } from '../api/mail-api.ts';
import { readMembers, textMember, wordsOf } from '../api/read-json.ts';

const HOUR_MS = 3_600_000;

export function readMailgunAnswer(answer: HttpAnswer, { now }: { now: Date }): SendOutcome {
  const members = readMembers(answer);
  const message = textMember(members, 'message');
  const ref = textMember(members, 'id');
  if (answer.status === 200 && ref) {
    return {
      kind: 'accepted',
      ref: ref.replace(/^<|>$/g, ''),
      ...(message && { answer: message }),
    };
  }
  const text = wordsOf(answer, message);
  // New accounts, and domains on probation, may send so many an hour.
  if (answer.status === 420 || (answer.status < 500 && /limit exceeded/i.test(text))) {
    return throttling(text, retryAfter(answer, { now }) ?? new Date(now.getTime() + HOUR_MS / 4));
  }
  if (answer.status === 400) {
    if (/domain .* (disabled|not allowed)|account .*(disabled|suspended)/i.test(text)) {
      return refusal(text);
    }
    const isAddress = /not a valid address|'to' parameter/i.test(text);
    return rejected(isAddress ? 'address not valid' : 'rejected', text);
  }
  return failureOf(answer, text, { now });
}

/** The complaint about what is missing comes only to those who may send. */
export function readCheck(answer: HttpAnswer): Verified {
  if (answer.status === 404) {
    return { ok: false, problem: wordsOf(answer, 'Mailgun does not know this domain here.') };
  }
  return okWhen(answer, answer.status === 400, textMember(readMembers(answer), 'message'));
}

import type { HttpAnswer } from '../../http/http-port.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { SendOutcome, Verified } from '../../provider.ts';
import {
  failureOf,
  refusal,
  rejected,
  throttling,
  unverifiedSender,
} from '../api/answer-outcome.ts';
import { okWhen } from '../api/mail-api.ts';
import { readMembers, textMember, wordsOf, type JsonMembers } from '../api/read-json.ts';

const SECOND = 1_000;

/** Errors of `SendEmail` (API version 2), and the common ones of AWS. */
export function readSesAnswer(answer: HttpAnswer, { now }: { now: Date }): SendOutcome {
  const members = readMembers(answer);
  const ref = textMember(members, 'MessageId');
  if (answer.status === 200 && ref) return { kind: 'accepted', ref };
  const code = errorCode(answer, members);
  const message = textMember(members, 'message') ?? textMember(members, 'Message') ?? '';
  const text = wordsOf(answer, code ? `${code}: ${message}` : undefined);
  const after = (ms: number): Date => retryAfter(answer, { now }) ?? new Date(now.getTime() + ms);
  switch (code) {
    case 'TooManyRequestsException':
    case 'ThrottlingException':
    case 'Throttling':
      // The rate recovers within a second, the day's quota with the hours (a moving window).
      return throttling(text, after(/daily/i.test(message) ? 900 * SECOND : SECOND));
    case 'LimitExceededException':
      return throttling(text, after(900 * SECOND));
    case 'MailFromDomainNotVerifiedException':
      return unverifiedSender(text);
    case 'MessageRejected':
      return /not verified/i.test(message) ? unverifiedSender(text) : rejected('rejected', text);
    case 'BadRequestException':
      return rejected(isAboutAddress(message) ? 'address not valid' : 'rejected', text);
    case 'AccountSuspendedException':
    case 'SendingPausedException':
    case 'NotFoundException':
      return refusal(text);
    default:
      return failureOf(answer, text, { now });
  }
}

/** `Name:http://internal...` in a header, or `com.amazonaws.sesv2#Name` in the body. */
function errorCode({ headers }: HttpAnswer, members: JsonMembers | undefined): string | undefined {
  const named =
    headers['x-amzn-errortype'] ?? textMember(members, '__type') ?? textMember(members, 'code');
  return named?.split(':')[0]?.split('#').at(-1);
}

function isAboutAddress(message: string): boolean {
  return /illegal address|local address|domain (starts|ends|contains)|missing final|invalid.*address/i.test(
    message,
  );
}

/** What `GetAccount` says: whether this account sends at all. */
export function readAccount(answer: HttpAnswer): Verified {
  const members = readMembers(answer);
  if (answer.status !== 200 || !members) return okWhen(answer, false);
  if (members['SendingEnabled'] === false) {
    return { ok: false, problem: 'Sending is paused for this account and region.' };
  }
  return members['ProductionAccessEnabled'] === false
    ? {
        ok: true,
        answer: 'The account is in the SES sandbox: it sends to verified addresses only.',
      }
    : { ok: true };
}

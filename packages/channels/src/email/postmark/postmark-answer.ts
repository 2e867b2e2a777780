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
import { readJson, readMembers, textMember, wordsOf, type JsonMembers } from '../api/read-json.ts';

interface Told {
  answer: HttpAnswer;
  now: Date;
}

export function readPostmarkAnswer(answer: HttpAnswer, { now }: { now: Date }): SendOutcome {
  const members = readMembers(answer);
  if (answer.status === 200 || answer.status === 422 || answer.status === 401) {
    return members ? outcomeOf(members, { answer, now }) : failure({ answer, now });
  }
  return failure({ answer, now });
}

/** One entry a message, in their order; undefined when the call as such was refused. */
export function readBatch(
  answer: HttpAnswer,
  { count, now }: { count: number; now: Date },
): SendOutcome[] | undefined {
  const entries = answer.status === 200 ? readJson(answer) : undefined;
  if (Array.isArray(entries) && entries.length === count) {
    return entries.map((entry: JsonMembers) => outcomeOf(entry, { answer, now }));
  }
  // Too many or too large together, or something in one of them: alone they say which.
  if (answer.status === 413 || answer.status === 422) return undefined;
  return Array.from({ length: count }, () => readPostmarkAnswer(answer, { now }));
}

/** Postmark's own number of the error decides: the same stands in a batch and alone. */
function outcomeOf(members: JsonMembers, told: Told): SendOutcome {
  const code = members['ErrorCode'];
  const ref = textMember(members, 'MessageID');
  if (code === 0 && ref) return { kind: 'accepted', ref };
  const message = textMember(members, 'Message') ?? '';
  if (typeof code !== 'number') return failure(told);
  const text = `${code}: ${message}`.slice(0, 500);
  switch (code) {
    case 10: // bad token
    case 405: // out of credits
    case 412: // account pending approval
    case 413: // account may not send
      return refusal(text);
    case 400: // sender signature not found
    case 401: // sender signature not confirmed
      return unverifiedSender(text);
    case 300:
      return rejected(/address|'to'/i.test(message) ? 'address not valid' : 'rejected', text);
    case 406:
      // It bounced or complained there once; Postmark does not say which.
      return rejected('address inactive at the provider', text, { bounce: 'blocked' });
    case 429:
      return throttling(text, untilOf(told));
    case 100: // maintenance
      return {
        kind: 'deferred',
        reason: 'provider failed',
        answer: text,
        providerTrouble: true,
      };
    default:
      // 1226 to 1236 are about the message stream, which is a setting.
      return /stream/i.test(message) ? refusal(text) : rejected('rejected', text);
  }
}

function untilOf({ answer, now }: Told): Date {
  return retryAfter(answer, { now }) ?? new Date(now.getTime() + 5_000);
}

function failure({ answer, now }: Told): SendOutcome {
  const text = wordsOf(answer, textMember(readMembers(answer), 'Message'));
  return failureOf(answer, text, { now });
}

export function readServer(answer: HttpAnswer): Verified {
  const members = readMembers(answer);
  if (answer.status !== 200 || !members) {
    return okWhen(answer, false, textMember(members, 'Message'));
  }
  return members['DeliveryType'] === 'Sandbox'
    ? { ok: true, answer: 'This server is a Postmark sandbox: nothing reaches anybody.' }
    : { ok: true };
}

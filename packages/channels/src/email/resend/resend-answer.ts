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

const HOUR_MS = 3_600_000;

export function readResendAnswer(answer: HttpAnswer, { now }: { now: Date }): SendOutcome {
  const members = readMembers(answer);
  const ref = textMember(members, 'id');
  if (answer.status === 200 && ref) return { kind: 'accepted', ref };
  return refusalOf(answer, members, now);
}

/** Errors by name; the status of some has changed over the years. */
function refusalOf(answer: HttpAnswer, members: JsonMembers | undefined, now: Date): SendOutcome {
  const name = textMember(members, 'name');
  const message = textMember(members, 'message') ?? '';
  const text = wordsOf(answer, name ? `${name}: ${message}` : undefined);
  switch (name) {
    case 'daily_quota_exceeded':
    case 'monthly_quota_exceeded':
      return throttling(text, retryAfter(answer, { now }) ?? new Date(now.getTime() + HOUR_MS));
    case 'missing_api_key':
    case 'invalid_api_key':
    case 'restricted_api_key':
      return refusal(text);
    case 'invalid_idempotent_request':
      // The key is known: an earlier try of this delivery, written a little differently, was taken.
      return { kind: 'accepted', answer: text };
    case 'concurrent_idempotent_requests':
      return { kind: 'uncertain', reason: 'an earlier try is under way', answer: text };
    case 'validation_error':
    case 'invalid_from_address':
    case 'missing_required_field':
    case 'invalid_parameter':
      if (/not verified|verify a domain|testing emails/i.test(message)) {
        return unverifiedSender(text);
      }
      return rejected(/`?\bto\b`? field/i.test(message) ? 'address not valid' : 'rejected', text);
    default:
      return failureOf(answer, text, { now });
  }
}

/** Those that were taken stand in `data`, in order; the others in `errors`, by place. */
export function readBatch(
  answer: HttpAnswer,
  { count, now }: { count: number; now: Date },
): SendOutcome[] | undefined {
  const members = readMembers(answer);
  if (answer.status === 200 && members) return placesOf(members, count) ?? unclear(answer, count);
  const outcome = refusalOf(answer, members, now);
  // Something in one of them: alone they say which.
  if (outcome.kind === 'rejected') return undefined;
  return Array.from({ length: count }, () => outcome);
}

function placesOf({ data, errors = [] }: JsonMembers, count: number): SendOutcome[] | undefined {
  if (!Array.isArray(data) || !Array.isArray(errors)) return undefined;
  const failed = new Map<unknown, string>(
    errors.map((error: JsonMembers) => [error['index'], textMember(error, 'message') ?? '']),
  );
  if (data.length + failed.size !== count) return undefined;
  const taken = data.map((entry: JsonMembers) => textMember(entry, 'id'));
  return Array.from({ length: count }, (_, place): SendOutcome => {
    const message = failed.get(place);
    if (message !== undefined) return errorOf(message);
    const ref = taken.shift();
    return { kind: 'accepted', ...(ref && { ref }) };
  });
}

function errorOf(message: string): SendOutcome {
  if (/not verified|verify a domain/i.test(message)) return unverifiedSender(message);
  return rejected(/`?\bto\b`? field/i.test(message) ? 'address not valid' : 'rejected', message);
}

function unclear(answer: HttpAnswer, count: number): SendOutcome[] {
  return Array.from({ length: count }, () => ({
    kind: 'uncertain' as const,
    reason: 'answer not understood',
    answer: wordsOf(answer),
  }));
}

/** A key that may only send is refused here, by a name that says so: it is a good one. */
export function readDomains(answer: HttpAnswer): Verified {
  const members = readMembers(answer);
  if (textMember(members, 'name') === 'restricted_api_key') return { ok: true };
  return okWhen(
    answer,
    answer.status === 200 && members !== undefined,
    textMember(members, 'message'),
  );
}

import type { HttpAnswer } from '../../http/http-port.ts';
import type { SendOutcome, Verified } from '../../provider.ts';
import { failureOf, refusal, rejected, unverifiedSender } from '../api/answer-outcome.ts';
import { okWhen } from '../api/mail-api.ts';
import { readMembers, wordsOf } from '../api/read-json.ts';

interface SendgridError {
  message: string;
  field: string;
}

/** 202 is the only answer of a message that was taken. */
export function readSendgridAnswer(answer: HttpAnswer, { now }: { now: Date }): SendOutcome {
  if (answer.status === 202) {
    const ref = answer.headers['x-message-id'];
    return { kind: 'accepted', ...(ref && { ref }) };
  }
  const errors = errorsOf(answer);
  const text = wordsOf(answer, errors.map(({ message }) => message).join(' ') || undefined);
  if (answer.status === 403) {
    return /sender identity|from address/i.test(text) ? unverifiedSender(text) : refusal(text);
  }
  if (answer.status === 400) {
    const isAddress = errors.some(({ field }) => /\.to(\.|$)|\.email$/.test(field));
    return rejected(isAddress ? 'address not valid' : 'rejected', text);
  }
  return failureOf(answer, text, { now });
}

function errorsOf(answer: HttpAnswer): SendgridError[] {
  const errors = readMembers(answer)?.['errors'];
  if (!Array.isArray(errors)) return [];
  return errors.map((error: Partial<SendgridError> | null) => ({
    message: String(error?.message ?? ''),
    field: String(error?.field ?? ''),
  }));
}

/** What the key may do. */
export function readScopes(answer: HttpAnswer): Verified {
  const scopes = readMembers(answer)?.['scopes'];
  if (answer.status !== 200 || !Array.isArray(scopes)) {
    return okWhen(answer, false, errorsOf(answer)[0]?.message);
  }
  return scopes.includes('mail.send')
    ? { ok: true }
    : { ok: false, problem: 'The API key may not send mail: it lacks the scope mail.send.' };
}

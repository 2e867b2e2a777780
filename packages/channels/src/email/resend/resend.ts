import { hash } from 'node:crypto';
import type { OutgoingMessage, Provider } from '../../provider.ts';
import { unbrokenBase64 } from '../compose/attachment.ts';
import { baseUrl, formatMailbox, openMailApi, partsOf } from '../api/mail-api.ts';
import { readBatch, readDomains, readResendAnswer } from './resend-answer.ts';
import { resendCallbacks } from './resend-callbacks.ts';

/** Resend's own limit. */
const MOST = 100;

/** Every call has a key by which Resend tells a repeat for a day. */
export const resend: Provider<'resend'> = {
  carries: 'outside',
  takes: 'parts',
  callbacks: resendCallbacks,
  open({ settings, secrets, http, clock }) {
    const base = baseUrl(settings, 'https://api.resend.com');
    const headers = {
      authorization: `Bearer ${secrets.api_key}`,
      'content-type': 'application/json',
      'user-agent': 'perennial',
    };
    return openMailApi(
      {
        repeatable: true,
        call: (message) => ({
          method: 'POST',
          url: `${base}/emails`,
          headers: { ...headers, 'idempotency-key': `delivery/${message.key}` },
          body: JSON.stringify(bodyOf(message)),
        }),
        outcome: (answer) => readResendAnswer(answer, { now: clock() }),
        batch: {
          most: MOST,
          call: (messages) => ({
            method: 'POST',
            url: `${base}/emails/batch`,
            headers: {
              ...headers,
              'idempotency-key': keyOf(messages),
              // One that is refused does not stop the others.
              'x-batch-validation': 'permissive',
            },
            body: JSON.stringify(messages.map(bodyOf)),
          }),
          outcomes: (answer, messages) =>
            readBatch(answer, { count: messages.length, now: clock() }),
        },
        check: {
          call: () => ({ method: 'GET', url: `${base}/domains`, headers }),
          verdict: readDomains,
        },
      },
      { http, settings },
    );
  },
};

/** The same only for the same messages in the same order. */
function keyOf(messages: readonly OutgoingMessage[]): string {
  return `batch/${hash('sha256', messages.map(({ key }) => key).join(' '))}`;
}

/** Resend gives the message an ID of its own; the tag leads back to the delivery. */
function bodyOf(message: OutgoingMessage): object {
  const parts = partsOf(message);
  return {
    from: formatMailbox(parts.from),
    to: [formatMailbox(parts.to)],
    ...(parts.replyTo && { reply_to: formatMailbox(parts.replyTo) }),
    subject: parts.subject,
    html: parts.html,
    ...(parts.text && { text: parts.text }),
    ...(parts.attachments && {
      attachments: parts.attachments.map((file) => ({
        filename: file.name,
        content: unbrokenBase64(file),
        content_type: file.type,
      })),
    }),
    headers: parts.headers,
    tags: [{ name: 'delivery', value: message.key }],
  };
}

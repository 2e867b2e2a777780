import {
  domainOfMailbox,
  lowerNames,
  NO_ADDRESS,
  startApiPeer,
  VERIFIED,
  type ApiPeer,
  type PeerReply,
} from '../api/api-peer.ts';
import { fileOf } from '../api/taken-file.ts';

/** SendGrid refuses messages that set them by hand. */
const RESERVED = [
  'x-sg-id',
  'x-sg-eid',
  'received',
  'dkim-signature',
  'content-type',
  'content-transfer-encoding',
  'to',
  'from',
  'subject',
  'reply-to',
  'cc',
  'bcc',
];

/** From the plainest to the richest that every mail program shows. */
const PARTS = ['text/plain', 'text/x-amp-html', 'text/html'];

interface SendBody {
  personalizations: { to: { email: string }[]; custom_args?: { delivery?: string } }[];
  from: { email: string };
  subject: string;
  content: { type: string; value: string }[];
  headers?: Record<string, string>;
  attachments?: { content: string; filename: string; type: string; disposition: string }[];
}

/** SendGrid, version 3 of its API, as far as a sender sees it. */
export function startSendgridPeer({ apiKey }: { apiKey: string }): Promise<ApiPeer> {
  return startApiPeer({
    stranger: ({ headers }) =>
      headers['authorization'] === `Bearer ${apiKey}`
        ? undefined
        : errors(401, 'The provided authorization grant is invalid, expired, or revoked'),
    check: ({ method, path }) =>
      method === 'GET' && path === '/v3/scopes'
        ? { status: 200, body: { scopes: ['mail.send', 'user.profile.read'] } }
        : undefined,
    async take({ method, path, body }, keep) {
      if (method !== 'POST' || path !== '/v3/mail/send') return errors(404, 'Not found');
      const {
        personalizations,
        from,
        subject,
        content,
        headers = {},
        attachments = [],
      } = JSON.parse(body.toString()) as SendBody;
      const to = personalizations[0]?.to[0]?.email ?? '';
      const names = lowerNames(Object.entries(headers));
      const reserved = Object.keys(names).find((name) => RESERVED.includes(name));
      if (reserved)
        return errors(400, `The header ${reserved} is reserved.`, `headers.${reserved}`);
      if (content.some(({ value }) => value === '')) {
        return errors(400, 'The content value must be a string at least one character in length.');
      }
      const order = content.map(({ type }) => PARTS.indexOf(type));
      if (order.some((place, i) => place < 0 || place <= (order[i - 1] ?? -1))) {
        return errors(
          400,
          'If present, text/plain must be first, then text/x-amp-html, then text/html.',
          'content',
        );
      }
      const files = attachments.map(({ filename, type, content: bytes }) =>
        fileOf(filename, type, bytes),
      );
      if (files.includes(undefined)) {
        return errors(
          400,
          'The attachment content must be base64 encoded.',
          'attachments.0.content',
        );
      }
      if (domainOfMailbox(to) === NO_ADDRESS) {
        return errors(400, 'Does not contain a valid address.', 'personalizations.0.to.0.email');
      }
      if (domainOfMailbox(from.email) !== VERIFIED) {
        return errors(403, 'The from address does not match a verified Sender Identity.', 'from');
      }
      const delivery = personalizations[0]?.custom_args?.delivery ?? '';
      const ref = keep({
        from: from.email,
        to,
        subject,
        delivery,
        headers: names,
        files: files.filter((file) => file !== undefined),
        amp: content.find(({ type }) => type === 'text/x-amp-html')?.value,
      });
      return { status: 202, headers: { 'x-message-id': ref } };
    },
    throttled: { ...errors(429, 'too many requests'), headers: { 'retry-after': '17' } },
  });
}

function errors(status: number, message: string, field: string | null = null): PeerReply {
  return { status, body: { errors: [{ message, field, help: null }] } };
}

import {
  domainOfMailbox,
  lowerNames,
  NO_ADDRESS,
  startApiPeer,
  VERIFIED,
  type ApiPeer,
  type PeerMail,
  type PeerReply,
} from '../api/api-peer.ts';
import { fileOf, type TakenFile } from '../api/taken-file.ts';

interface Email {
  from: string;
  to: string[];
  subject: string;
  headers?: Record<string, string>;
  tags?: { name: string; value: string }[];
  attachments?: { filename: string; content: string; content_type: string }[];
}

type Keep = (mail: Omit<PeerMail, 'ref'>) => string;

/** Resend, as far as a sender sees it. It remembers idempotency keys. */
export function startResendPeer({ apiKey }: { apiKey: string }): Promise<ApiPeer> {
  /** By key: the body that came with it, and what was answered. */
  const known = new Map<string, { body: string; reply: PeerReply }>();

  return startApiPeer({
    stranger: ({ headers }) =>
      headers['authorization'] === `Bearer ${apiKey}`
        ? undefined
        : error(403, 'invalid_api_key', 'API key is invalid'),
    check: ({ method, path }) =>
      method === 'GET' && path === '/domains' ? { status: 200, body: { data: [] } } : undefined,
    async take({ method, path, headers, body }, keep) {
      const key = headers['idempotency-key'] ?? '';
      if (key.length > 256) return error(400, 'invalid_idempotency_key', 'Up to 256 characters.');
      const text = body.toString();
      const before = known.get(key);
      if (before && before.body !== text) {
        return error(409, 'invalid_idempotent_request', 'The key was used with another payload.');
      }
      if (before) return before.reply;
      const reply = answerTo(`${method} ${path}`, JSON.parse(text) as Email | Email[], keep);
      if (key && reply.status === 200) known.set(key, { body: text, reply });
      return reply;
    },
    throttled: {
      ...error(429, 'rate_limit_exceeded', 'You can only make 2 requests per second.'),
      headers: { 'retry-after': '17', 'ratelimit-reset': '1' },
    },
  });
}

function answerTo(call: string, given: Email | Email[], keep: Keep): PeerReply {
  if (call === 'POST /emails' && !Array.isArray(given)) {
    const problem = problemOf(given);
    return problem ?? { status: 200, body: { id: keep(mailOf(given)) } };
  }
  if (call !== 'POST /emails/batch' || !Array.isArray(given)) {
    return error(404, 'not_found', 'The requested endpoint does not exist.');
  }
  if (given.length > 100) return error(422, 'validation_error', 'Batches of up to 100 emails.');
  if (given.some(({ attachments = [] }) => attachments.length > 0)) {
    return error(422, 'validation_error', 'Attachments are not supported in batches.');
  }
  const problems = given.map(problemOf);
  const errors = problems.flatMap((problem, index) =>
    problem ? [{ index, message: (problem.body as { message: string }).message }] : [],
  );
  const data = given
    .filter((_, index) => !problems[index])
    .map((email) => ({ id: keep(mailOf(email)) }));
  return { status: 200, body: { data, errors } };
}

function problemOf(email: Email): PeerReply | undefined {
  const { from, to, tags = [] } = email;
  if (filesOfEmail(email).includes(undefined)) {
    return error(422, 'validation_error', 'Attachment content must be base64.');
  }
  if (domainOfMailbox(to[0] ?? '') === NO_ADDRESS) {
    return error(422, 'validation_error', 'Invalid `to` field.');
  }
  if (domainOfMailbox(from) !== VERIFIED) {
    return error(403, 'validation_error', 'The domain is not verified. Please, add and verify it.');
  }
  if (tags.some(({ value }) => !/^[A-Za-z0-9_-]{1,256}$/.test(value))) {
    return error(422, 'validation_error', 'Tags may only contain ASCII letters, numbers, _ and -.');
  }
  return undefined;
}

function filesOfEmail({ attachments = [] }: Email): (TakenFile | undefined)[] {
  return attachments.map(({ filename, content_type: type, content }) =>
    fileOf(filename, type, content),
  );
}

function mailOf(email: Email): Omit<PeerMail, 'ref'> {
  const { from, to, subject, headers = {}, tags = [] } = email;
  const delivery = tags.find(({ name }) => name === 'delivery')?.value ?? '';
  return {
    from,
    to: to[0] ?? '',
    subject,
    delivery,
    headers: lowerNames(Object.entries(headers)),
    files: filesOfEmail(email).filter((file) => file !== undefined),
  };
}

function error(statusCode: number, name: string, message: string): PeerReply {
  return { status: statusCode, body: { statusCode, name, message } };
}

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
import { fileOf } from '../api/taken-file.ts';

interface Email {
  From: string;
  To: string;
  Subject: string;
  HtmlBody?: string;
  TextBody?: string;
  Headers: { Name: string; Value: string }[];
  Metadata: { delivery?: string };
  MessageStream: string;
  Attachments?: { Name: string; Content: string; ContentType: string }[];
}

type Keep = (mail: Omit<PeerMail, 'ref'>) => string;

/** Postmark, as far as a sender sees it. */
export function startPostmarkPeer({ serverToken }: { serverToken: string }): Promise<ApiPeer> {
  return startApiPeer({
    stranger: ({ headers }) =>
      headers['x-postmark-server-token'] === serverToken
        ? undefined
        : error(401, 10, 'Request does not contain a valid Server token.'),
    check: ({ method, path }) =>
      method === 'GET' && path === '/server'
        ? { status: 200, body: { ID: 1, Name: 'Shop', DeliveryType: 'Live' } }
        : undefined,
    async take({ method, path, body }, keep) {
      const given = JSON.parse(body.toString()) as Email | Email[];
      if (method === 'POST' && path === '/email/batch' && Array.isArray(given)) {
        if (given.length > 500) return error(422, 410, 'Too many batch messages.');
        if (body.length > 50_000_000) return error(413, 0, 'Payload too large.');
        return { status: 200, body: given.map((email) => takeOne(email, keep)) };
      }
      if (method !== 'POST' || path !== '/email' || Array.isArray(given)) {
        return error(404, 0, 'Not found');
      }
      const said = takeOne(given, keep);
      return { status: said.ErrorCode === 0 ? 200 : 422, body: said };
    },
    throttled: { ...error(429, 429, 'Rate limit exceeded.'), headers: { 'retry-after': '17' } },
  });
}

interface Said {
  ErrorCode: number;
  Message: string;
  MessageID?: string;
  To?: string;
}

function takeOne(email: Email, keep: Keep): Said {
  const { From, To, Subject, HtmlBody, TextBody, Headers, Metadata, MessageStream } = email;
  const files = (email.Attachments ?? []).map(({ Name, ContentType, Content }) =>
    fileOf(Name, ContentType, Content),
  );
  if (files.includes(undefined)) return said(300, 'Attachment content is not valid base64.');
  if (!HtmlBody && !TextBody) return said(300, 'Provide either email TextBody or HtmlBody.');
  if (domainOfMailbox(To) === NO_ADDRESS) return said(300, `Invalid 'To' address: '${To}'.`);
  if (domainOfMailbox(From) !== VERIFIED) return said(400, 'The sender signature was not found.');
  if (!['outbound', 'broadcast'].includes(MessageStream)) {
    return said(1235, `The message stream '${MessageStream}' was not found.`);
  }
  const headers = lowerNames(Headers.map(({ Name, Value }) => [Name, Value]));
  const MessageID = keep({
    from: From,
    to: To,
    subject: Subject,
    delivery: Metadata.delivery ?? '',
    headers,
    files: files.filter((file) => file !== undefined),
    stream: MessageStream,
  });
  return { ...said(0, 'OK'), MessageID, To };
}

function said(ErrorCode: number, Message: string): Said {
  return { ErrorCode, Message };
}

function error(status: number, code: number, message: string): PeerReply {
  return { status, body: said(code, message) };
}

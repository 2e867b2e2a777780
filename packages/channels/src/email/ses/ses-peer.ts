import { createHash, createHmac } from 'node:crypto';
import PostalMime from 'postal-mime';
import {
  domainOfMailbox,
  NO_ADDRESS,
  startApiPeer,
  VERIFIED,
  type ApiPeer,
  type PeerReply,
  type PeerRequest,
} from '../api/api-peer.ts';
import { ampOf, filesOf } from '../api/taken-file.ts';

export interface SesCredential {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

/** Amazon SES, version 2 of its API, as far as a sender sees it. It checks signatures. */
export function startSesPeer(credential: SesCredential): Promise<ApiPeer> {
  return startApiPeer({
    stranger: (request) =>
      isSigned(request, credential)
        ? undefined
        : error(
            403,
            'SignatureDoesNotMatch',
            'The request signature we calculated does not match.',
          ),
    check: ({ method, path }) =>
      method === 'GET' && path === '/v2/email/account'
        ? { status: 200, body: { SendingEnabled: true, ProductionAccessEnabled: true } }
        : undefined,
    async take({ method, path, body }, keep) {
      if (method !== 'POST' || path !== '/v2/email/outbound-emails') {
        return error(404, 'NotFoundException', path);
      }
      const { Destination, Content, EmailTags } = JSON.parse(body.toString()) as SendEmail;
      const raw = Buffer.from(Content.Raw.Data, 'base64');
      const mail = await PostalMime.parse(raw);
      const [to = ''] = Destination.ToAddresses;
      const from = mail.from?.address ?? '';
      if (domainOfMailbox(to) === NO_ADDRESS) {
        return error(400, 'BadRequestException', 'Illegal address');
      }
      if (domainOfMailbox(from) !== VERIFIED) {
        return error(400, 'MessageRejected', `Email address is not verified: ${from}`);
      }
      const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
      const delivery = EmailTags.find(({ Name }) => Name === 'delivery')?.Value ?? '';
      const ref = keep({
        from,
        to,
        subject: mail.subject ?? '',
        delivery,
        headers,
        files: filesOf(mail),
        amp: ampOf(mail),
      });
      return { status: 200, body: { MessageId: ref } };
    },
    throttled: {
      ...error(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
      headers: {
        'x-amzn-errortype': 'TooManyRequestsException:http://internal.amazon.com/',
        'retry-after': '17',
      },
    },
  });
}

interface SendEmail {
  Destination: { ToAddresses: string[] };
  Content: { Raw: { Data: string } };
  EmailTags: { Name: string; Value: string }[];
}

function error(status: number, name: string, message: string): PeerReply {
  return { status, headers: { 'x-amzn-errortype': name }, body: { message } };
}

/** Signature Version 4, calculated once more from what came over the line. */
function isSigned(
  { method, path, headers, body }: PeerRequest,
  { accessKeyId, secretAccessKey, region }: SesCredential,
): boolean {
  const signed =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      headers['authorization'] ?? '',
    );
  const [, scope = '', names = '', signature] = signed ?? [];
  const at = headers['x-amz-date'] ?? '';
  const place = [at.slice(0, 8), region, 'ses', 'aws4_request'];
  if (scope !== [accessKeyId, ...place].join('/') || !names.split(';').includes('host'))
    return false;
  const canonical = [
    method,
    path,
    '',
    ...names.split(';').map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    names,
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    at,
    place.join('/'),
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = place.reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return createHmac('sha256', key).update(toSign).digest('hex') === signature;
}

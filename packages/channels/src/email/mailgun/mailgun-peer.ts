import PostalMime from 'postal-mime';
import {
  domainOfMailbox,
  NO_ADDRESS,
  startApiPeer,
  VERIFIED,
  type ApiPeer,
  type PeerRequest,
} from '../api/api-peer.ts';
import { ampOf, filesOf } from '../api/taken-file.ts';

/** Mailgun, as far as a sender sees it. */
export function startMailgunPeer({
  apiKey,
  domain,
}: {
  apiKey: string;
  domain: string;
}): Promise<ApiPeer> {
  const right = `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`;
  return startApiPeer({
    stranger: ({ headers }) =>
      headers['authorization'] === right ? undefined : { status: 401, body: 'Forbidden' },
    check: () => undefined,
    async take(request, keep) {
      if (request.method !== 'POST' || request.path !== `/v3/${domain}/messages.mime`) {
        return { status: 404, body: { message: 'Domain not found' } };
      }
      const form = await formOf(request);
      const to = form.get('to');
      const message = form.get('message');
      if (typeof to !== 'string') return missing('to');
      if (!(message instanceof File)) return missing('message');
      const mail = await PostalMime.parse(Buffer.from(await message.arrayBuffer()));
      const from = mail.from?.address ?? '';
      if (domainOfMailbox(to) === NO_ADDRESS) {
        return {
          status: 400,
          body: { message: "'to' parameter is not a valid address. please check documentation" },
        };
      }
      if (domainOfMailbox(from) !== VERIFIED) {
        return { status: 403, body: { message: `From address ${from} is not allowed.` } };
      }
      const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
      const variable = form.get('v:delivery');
      const delivery = typeof variable === 'string' ? variable : '';
      const ref = keep({
        from,
        to,
        subject: mail.subject ?? '',
        delivery,
        headers,
        files: filesOf(mail),
        amp: ampOf(mail),
      });
      return { status: 200, body: { id: `<${ref}>`, message: 'Queued. Thank you.' } };
    },
    throttled: {
      status: 429,
      headers: { 'retry-after': '17' },
      body: { message: 'Rate limit exceeded' },
    },
  });
}

function missing(name: string) {
  return { status: 400, body: { message: `'${name}' parameter is missing` } };
}

function formOf({ headers, body }: PeerRequest): Promise<FormData> {
  const type = headers['content-type'] ?? '';
  return new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
}

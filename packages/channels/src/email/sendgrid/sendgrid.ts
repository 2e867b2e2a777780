import type { Provider } from '../../provider.ts';
import type { EmailParts } from '../compose/compose-email.ts';
import type { Mailbox } from '../compose/mailbox.ts';
import { unbrokenBase64 } from '../compose/attachment.ts';
import { baseUrl, openMailApi, partsOf } from '../api/mail-api.ts';
import type { SendgridSettings } from './kind.ts';
import { readScopes, readSendgridAnswer } from './sendgrid-answer.ts';
import { sendgridCallbacks } from './sendgrid-callbacks.ts';

const HOSTS = { global: 'https://api.sendgrid.com', eu: 'https://api.eu.sendgrid.com' };

/** Version 3 of the API. One call carries one content, so each message is a call. */
export const sendgrid: Provider<'sendgrid'> = {
  carries: 'outside',
  takes: 'parts',
  callbacks: sendgridCallbacks,
  open({ settings, secrets, http, clock }) {
    const base = baseUrl(settings, HOSTS[settings.region]);
    const headers = {
      authorization: `Bearer ${secrets.api_key}`,
      'content-type': 'application/json',
      accept: 'application/json',
    };
    return openMailApi(
      {
        call: (message) => ({
          method: 'POST',
          url: `${base}/v3/mail/send`,
          headers,
          body: JSON.stringify(bodyOf(partsOf(message), { key: message.key, settings })),
        }),
        outcome: (answer) => readSendgridAnswer(answer, { now: clock() }),
        check: {
          call: () => ({ method: 'GET', url: `${base}/v3/scopes`, headers }),
          verdict: readScopes,
        },
      },
      { http, settings },
    );
  },
};

const OFF = { enable: false };

/** Links and opens are tracked by us; SendGrid's own would rewrite them once more. */
function bodyOf(
  parts: EmailParts,
  { key, settings }: { key: string; settings: SendgridSettings },
): object {
  return {
    personalizations: [{ to: [party(parts.to)], custom_args: { delivery: key } }],
    from: party(parts.from),
    ...(parts.replyTo && { reply_to: party(parts.replyTo) }),
    subject: parts.subject,
    content: [
      ...(parts.text ? [{ type: 'text/plain', value: parts.text }] : []),
      ...(parts.amp ? [{ type: 'text/x-amp-html', value: parts.amp }] : []),
      { type: 'text/html', value: parts.html },
    ],
    ...(parts.attachments && {
      attachments: parts.attachments.map((file) => ({
        content: unbrokenBase64(file),
        filename: file.name,
        type: file.type,
        disposition: 'attachment',
      })),
    }),
    headers: { 'Message-ID': `<${parts.messageId}>`, ...parts.headers },
    tracking_settings: {
      click_tracking: { enable: false, enable_text: false },
      open_tracking: OFF,
      subscription_tracking: OFF,
      ganalytics: OFF,
    },
    ...(settings.ip_pool_name && { ip_pool_name: settings.ip_pool_name }),
  };
}

function party({ name, address }: Mailbox): { email: string; name?: string } {
  return { email: address, ...(name && { name }) };
}

import { wholeMail } from '../compose/raw-mail.ts';
import type { OutgoingMessage, Provider } from '../../provider.ts';
import { baseUrl, openMailApi, type ApiCall } from '../api/mail-api.ts';
import type { MailgunSettings } from './kind.ts';
import { readCheck, readMailgunAnswer } from './mailgun-answer.ts';
import { mailgunCallbacks } from './mailgun-callbacks.ts';

const HOSTS = { us: 'https://api.mailgun.net', eu: 'https://api.eu.mailgun.net' };

/** `messages.mime` takes a message of RFC 5322 as it is, and signs it (DKIM). */
export const mailgun: Provider<'mailgun'> = {
  carries: 'outside',
  takes: 'raw',
  callbacks: mailgunCallbacks,
  open({ settings, secrets, http, clock }) {
    const base = baseUrl(settings, HOSTS[settings.region]);
    const url = `${base}/v3/${settings.domain}/messages.mime`;
    const authorization = `Basic ${Buffer.from(`api:${secrets.api_key}`).toString('base64')}`;
    const post = async (form: FormData): Promise<ApiCall> => {
      const { body, type } = await encodeForm(form);
      return { method: 'POST', url, headers: { authorization, 'content-type': type }, body };
    };
    return openMailApi(
      {
        call: (message) => post(formOf(message, settings)),
        outcome: (answer) => readMailgunAnswer(answer, { now: clock() }),
        // A key for sending may do nothing else. Without a recipient it is let in and nothing leaves.
        check: { call: () => post(emptyForm()), verdict: readCheck },
      },
      { http, settings },
    );
  },
};

/** Links and opens are tracked by us. */
function formOf({ mail, key }: OutgoingMessage, settings: MailgunSettings): FormData {
  if (!mail) throw new Error('Mailgun was given a message that is no e-mail.');
  const form = new FormData();
  form.set('to', mail.to);
  form.set('o:tracking', 'no');
  form.set('v:delivery', key);
  if (settings.require_tls) form.set('o:require-tls', 'yes');
  form.set('message', new Blob([Uint8Array.from(wholeMail(mail.raw))]), 'message.mime');
  return form;
}

function emptyForm(): FormData {
  const form = new FormData();
  form.set('o:testmode', 'yes');
  return form;
}

async function encodeForm(form: FormData): Promise<{ body: Uint8Array; type: string }> {
  const encoded = new Response(form);
  return {
    body: new Uint8Array(await encoded.arrayBuffer()),
    type: encoded.headers.get('content-type') ?? '',
  };
}

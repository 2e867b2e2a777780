import { AwsV4Signer } from 'aws4fetch';
import { wholeMail } from '../compose/raw-mail.ts';
import type { Provider } from '../../provider.ts';
import { baseUrl, openMailApi, type ApiCall } from '../api/mail-api.ts';
import type { SesSecrets, SesSettings } from './kind.ts';
import { readAccount, readSesAnswer } from './ses-answer.ts';
import { sesCallbacks } from './ses-callbacks.ts';

/** Version 2 of the API, which takes a message of RFC 5322 as it is. SES signs it (DKIM). */
export const ses: Provider<'ses'> = {
  carries: 'outside',
  takes: 'raw',
  callbacks: sesCallbacks,
  open({ settings, secrets, http, clock }) {
    const suffix = settings.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    const base = baseUrl(settings, `https://email.${settings.region}.${suffix}`);
    const sign = (call: Unsigned): Promise<ApiCall> =>
      signCall(call, { settings, secrets, now: clock() });
    return openMailApi(
      {
        call: ({ mail, key }) => {
          if (!mail) throw new Error('SES was given a message that is no e-mail.');
          return sign({
            method: 'POST',
            url: `${base}/v2/email/outbound-emails`,
            body: JSON.stringify({
              Destination: { ToAddresses: [mail.to] },
              Content: { Raw: { Data: wholeMail(mail.raw).toString('base64') } },
              EmailTags: [{ Name: 'delivery', Value: key }],
              ...(settings.configuration_set && {
                ConfigurationSetName: settings.configuration_set,
              }),
            }),
          });
        },
        outcome: (answer) => readSesAnswer(answer, { now: clock() }),
        check: {
          call: () => sign({ method: 'GET', url: `${base}/v2/email/account` }),
          verdict: readAccount,
        },
      },
      { http, settings },
    );
  },
};

type Unsigned = Omit<ApiCall, 'headers'>;

/** Signature Version 4 over method, path, host, date, type and body. */
async function signCall(
  call: Unsigned,
  { settings, secrets, now }: { settings: SesSettings; secrets: SesSecrets; now: Date },
): Promise<ApiCall> {
  const signer = new AwsV4Signer({
    method: call.method,
    url: call.url,
    headers: { 'content-type': 'application/json' },
    ...(call.body !== undefined && { body: call.body }),
    accessKeyId: settings.access_key_id,
    secretAccessKey: secrets.secret_access_key,
    ...(secrets.session_token && { sessionToken: secrets.session_token }),
    service: 'ses',
    region: settings.region,
    datetime: now.toISOString().replace(/[:-]|\.\d{3}/g, ''),
  });
  const { headers } = await signer.sign();
  return { ...call, headers: { 'content-type': 'application/json', ...plainHeaders(headers) } };
}

/** `host` is for the signature; the connection writes its own, the same. */
function plainHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name !== 'host'));
}

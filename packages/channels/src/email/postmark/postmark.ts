import type { OutgoingMessage, Provider } from '../../provider.ts';
import { unbrokenBase64 } from '../compose/attachment.ts';
import { baseUrl, formatMailbox, openMailApi, partsOf } from '../api/mail-api.ts';
import type { PostmarkSettings } from './kind.ts';
import { readBatch, readPostmarkAnswer, readServer } from './postmark-answer.ts';
import { postmarkCallbacks } from './postmark-callbacks.ts';

/** Postmark takes 500 messages and 50 MB; a message of ours may have 2 MB or more. */
const MOST = 100;

export const postmark: Provider<'postmark'> = {
  carries: 'outside',
  takes: 'parts',
  callbacks: postmarkCallbacks,
  open({ settings, secrets, http, clock }) {
    const base = baseUrl(settings, 'https://api.postmarkapp.com');
    const headers = {
      'x-postmark-server-token': secrets.server_token,
      'content-type': 'application/json',
      accept: 'application/json',
    };
    return openMailApi(
      {
        call: (message) => ({
          method: 'POST',
          url: `${base}/email`,
          headers,
          body: JSON.stringify(bodyOf(message, settings)),
        }),
        outcome: (answer) => readPostmarkAnswer(answer, { now: clock() }),
        batch: {
          most: MOST,
          call: (messages) => ({
            method: 'POST',
            url: `${base}/email/batch`,
            headers,
            body: JSON.stringify(messages.map((message) => bodyOf(message, settings))),
          }),
          outcomes: (answer, messages) =>
            readBatch(answer, { count: messages.length, now: clock() }),
        },
        check: {
          call: () => ({ method: 'GET', url: `${base}/server`, headers }),
          verdict: readServer,
        },
      },
      { http, settings },
    );
  },
};

/** Links and opens are tracked by us. `X-PM-KeepID` keeps our Message-ID. */
function bodyOf(message: OutgoingMessage, settings: PostmarkSettings): object {
  const parts = partsOf(message);
  const headers = {
    'Message-ID': `<${parts.messageId}>`,
    'X-PM-KeepID': 'true',
    ...parts.headers,
  };
  return {
    From: formatMailbox(parts.from),
    To: formatMailbox(parts.to),
    ...(parts.replyTo && { ReplyTo: formatMailbox(parts.replyTo) }),
    Subject: parts.subject,
    HtmlBody: parts.html,
    ...(parts.text && { TextBody: parts.text }),
    ...(parts.attachments && {
      Attachments: parts.attachments.map((file) => ({
        Name: file.name,
        Content: unbrokenBase64(file),
        ContentType: file.type,
      })),
    }),
    Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
    Metadata: { delivery: message.key },
    MessageStream: message.transactional
      ? settings.transactional_stream
      : settings.marketing_stream,
    TrackOpens: false,
    TrackLinks: 'None',
  };
}

import type { Say } from '../../app/text.tsx';
import type { MessageChannel, MessageContent } from './message.ts';

const firstName = '{{ contact.first_name | default: "there" }}';

/** Something valid to begin with, in each channel's shape. */
export function starterContent(channel: MessageChannel, t: Say): MessageContent {
  const hello = t('messages.starter.heading', { first_name: firstName });
  const body = t('messages.starter.body');
  switch (channel) {
    case 'email':
      return {
        subject: t('messages.starter.subject', { first_name: firstName }),
        mjml: starterMjml(hello, body, t),
      };
    case 'mobile_push':
    case 'web_push':
    case 'app_inbox':
      return { title: hello, body };
    case 'in_app':
      return { layout: 'popup', html: `<h1>${hello}</h1>\n<p>${body}</p>\n` };
    case 'sms':
    case 'viber':
    case 'telegram':
      return { text: `${hello}. ${body}` };
  }
}

function starterMjml(heading: string, body: string, t: Say): string {
  return `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="24px" color="#22302a" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f3f6f4">
    <mj-section background-color="#ffffff" padding="32px 16px">
      <mj-column>
        <mj-text font-size="24px" line-height="32px" font-weight="600">${heading}</mj-text>
        <mj-text>${body}</mj-text>
        <mj-button background-color="#11694a" border-radius="8px" href="https://example.com">
          ${t('messages.starter.button')}
        </mj-button>
      </mj-column>
    </mj-section>
    <mj-section>
      <mj-column>
        <mj-text align="center" font-size="12px" color="#66746d">
          <a href="{{ unsubscribe_url }}" style="color: inherit">${t('messages.starter.unsubscribe')}</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
}

import { mailgun } from './email/mailgun/mailgun.ts';
import { postmark } from './email/postmark/postmark.ts';
import { resend } from './email/resend/resend.ts';
import { sendgrid } from './email/sendgrid/sendgrid.ts';
import { ses } from './email/ses/ses.ts';
import { smtp } from './email/smtp/smtp.ts';
import type { Provider } from './provider.ts';
import type { ProviderKindKey } from './provider-kinds.ts';
import { sandbox } from './sandbox/sandbox.ts';

/** The sending half of every provider; needs Node.js. */
export const providers: { [Kind in ProviderKindKey]: Provider<Kind> } = {
  sandbox,
  smtp,
  ses,
  sendgrid,
  mailgun,
  postmark,
  resend,
};

export { encodeAttachment } from './email/compose/attachment.ts';
export type { Attachment } from './email/compose/attachment.ts';
export { ownMemoryOf, sizeOf, wholeMail } from './email/compose/raw-mail.ts';
export { composeEmail, DELIVERY_HEADER } from './email/compose/compose-email.ts';
export type { EmailParts, ComposedEmail, RawMail } from './email/compose/compose-email.ts';
export { createDkimSigner } from './email/compose/dkim.ts';
export type { DkimKey } from './email/compose/dkim.ts';
export { readReturnedMail } from './email/returned/read-returned-mail.ts';
export type { Returned, ReturnedMail } from './email/returned/read-returned-mail.ts';
export type {
  CallbackFact,
  CallbackRequest,
  Callbacks,
  CallbackVerdict,
} from './email/callbacks/callbacks.ts';
export { parseMailbox } from './email/compose/mailbox.ts';
export type { OpenProvider, OutgoingMessage, Provider, SendOutcome, Verified } from './provider.ts';
export type { HttpAnswer, HttpCall, HttpOutcome, HttpPort } from './http/http-port.ts';

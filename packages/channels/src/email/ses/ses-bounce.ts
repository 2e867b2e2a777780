import {
  bounced,
  classify,
  CONTENT,
  EXPIRED,
  FULL,
  ON_VENDORS_LIST,
  TOO_LARGE,
  UNKNOWN_ADDRESS,
  unlessClear,
} from '../callbacks/bounced.ts';
import type { Bounce } from '../returned/classify-bounce.ts';
import type { Returned } from '../returned/read-returned-mail.ts';

export interface SesBounce {
  type: string | undefined;
  subType: string | undefined;
  status?: string | undefined;
  /** The server's words. */
  text?: string | undefined;
}

const BY_SUB_TYPE: Record<string, Bounce> = {
  NoEmail: UNKNOWN_ADDRESS,
  Suppressed: ON_VENDORS_LIST,
  OnAccountSuppressionList: ON_VENDORS_LIST,
  MailboxFull: FULL,
  MessageTooLarge: TOO_LARGE,
  ContentRejected: CONTENT,
  AttachmentRejected: CONTENT,
  CustomTimeoutExceeded: { bounce: 'counted', reason: 'gave up after days' },
};

/**
 * Types and sub types of Amazon SES, which Resend passes on. `Permanent` and `General` covers both
 * addresses that do not exist and refusals by policy: the server's words tell them apart.
 */
export function readSesBounce({ type, subType = '', status, text = '' }: SesBounce): Returned {
  if (subType === 'UnsubscribedRecipient') return { kind: 'unsubscribed' };
  return bounced(bounceOf({ type, subType, status, text }), text);
}

function bounceOf({ type, subType = '', status, text = '' }: SesBounce): Bounce {
  // SES tries for many hours; an address whose server cannot be reached so long is dead.
  if (status === '4.4.7' || /\b4\.4\.7\b/.test(text)) return EXPIRED;
  const named = Object.hasOwn(BY_SUB_TYPE, subType) ? BY_SUB_TYPE[subType] : undefined;
  if (named) return named;
  const said = classify({ status, text });
  if (type === 'Permanent') return unlessClear(said, 'dead');
  // What passes kills no address, whatever it is called.
  return said.bounce === 'dead' && type === 'Transient' ? { ...said, bounce: 'counted' } : said;
}

import { createHmac } from 'node:crypto';
import {
  memberOf,
  membersOf,
  parseJsonText,
  textMember,
  type JsonMembers,
} from '../api/read-json.ts';
import { bounced, BY_POLICY, classify, CONTENT, ON_VENDORS_LIST } from '../callbacks/bounced.ts';
import { factOf, instantOf, isRecent, type Callbacks } from '../callbacks/callbacks.ts';
import { isSameText } from '../callbacks/same-text.ts';
import type { Returned } from '../returned/read-returned-mail.ts';
import type { MailgunSecrets, MailgunSettings } from './kind.ts';

/**
 * One event a call, with HMAC-SHA256 over a timestamp and a token. It does not cover the event,
 * so that the delivery's own key and the URL have to keep others from speaking for it.
 */
export const mailgunCallbacks: Callbacks<MailgunSettings, MailgunSecrets> = {
  verify({ body }, { secrets, now }) {
    const { webhook_signing_key: key } = secrets;
    const signature = memberOf(membersOf(parseJsonText(body.toString('utf8'))), 'signature');
    const [timestamp, token, given] = ['timestamp', 'token', 'signature'].map(
      (name) => textMember(signature, name) ?? '',
    );
    if (!key || !timestamp || !token || !given) return 'forged';
    if (!isRecent(instantOf(Number(timestamp)), { now })) return 'forged';
    const right = createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex');
    return isSameText(right, given) ? 'genuine' : 'forged';
  },

  read(body) {
    const event = memberOf(membersOf(body), 'event-data');
    if (!event) return [];
    const key = textMember(memberOf(event, 'user-variables'), 'delivery');
    return factOf(key, returnedOf(event), event['timestamp']);
  },
};

function returnedOf(event: JsonMembers): Returned | undefined {
  switch (textMember(event, 'event')) {
    case 'delivered':
      return { kind: 'delivered' };
    case 'failed':
      return failedAs(event);
    case 'rejected':
      return bounced(CONTENT, textMember(memberOf(event, 'reject'), 'reason'));
    case 'complained':
      return { kind: 'complained', feedback: 'abuse' };
    case 'unsubscribed':
      return { kind: 'unsubscribed' };
    default:
      return undefined;
  }
}

function failedAs(event: JsonMembers): Returned {
  if (textMember(event, 'severity') === 'temporary') return { kind: 'delayed' };
  const status = memberOf(event, 'delivery-status');
  const words = [textMember(status, 'message'), textMember(status, 'description')];
  const text = words.find((each) => each !== undefined) ?? '';
  switch (textMember(event, 'reason')) {
    case 'suppress-bounce':
    case 'suppress-complaint':
      return bounced(ON_VENDORS_LIST, text);
    case 'suppress-unsubscribe':
      return { kind: 'unsubscribed' };
    case 'espblock':
      return bounced(BY_POLICY, text);
    case 'old':
      return bounced({ bounce: 'counted', reason: 'gave up after days' }, text);
    default:
      return bounced(classify({ status: textMember(status, 'enhanced-code'), text }), text);
  }
}

import { createHmac } from 'node:crypto';
import { memberOf, membersOf, textMember, type JsonMembers } from '../api/read-json.ts';
import { bounced, CONTENT, ON_VENDORS_LIST } from '../callbacks/bounced.ts';
import { factOf, instantOf, isRecent, type Callbacks } from '../callbacks/callbacks.ts';
import { isSameText } from '../callbacks/same-text.ts';
import type { Returned } from '../returned/read-returned-mail.ts';
import { readSesBounce } from '../ses/ses-bounce.ts';
import type { ResendSecrets, ResendSettings } from './kind.ts';

/** Standard Webhooks asks for five minutes; every try is signed anew. */
const TOLERANCE_MS = 5 * 60_000;

/** Standard Webhooks, with the headers of Svix: HMAC-SHA256 over ID, timestamp and raw body. */
export const resendCallbacks: Callbacks<ResendSettings, ResendSecrets> = {
  verify({ header, body }, { secrets, now }) {
    const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map(
      (name) => header(`svix-${name}`) ?? header(`webhook-${name}`) ?? '',
    );
    const { webhook_secret: secret } = secrets;
    if (!secret || !id || !timestamp || !signatures) return 'forged';
    const at = instantOf(Number(timestamp));
    if (!isRecent(at, { now, withinMs: TOLERANCE_MS })) return 'forged';
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
    const right = `v1,${mac.digest('base64')}`;
    // While a secret is replaced there are two.
    const isGenuine = signatures.split(' ').some((given) => isSameText(right, given));
    return isGenuine ? 'genuine' : 'forged';
  },

  read(body) {
    const event = membersOf(body);
    const data = memberOf(event, 'data');
    if (!event || !data) return [];
    return factOf(keyIn(data), returnedOf(event, data), event['created_at']);
  },
};

/** An object of names and values; a list of them in older callbacks. */
function keyIn(data: JsonMembers): string | undefined {
  const tags: unknown = data['tags'];
  if (!Array.isArray(tags)) return textMember(membersOf(tags), 'delivery');
  const tag = tags.map(membersOf).find((each) => each?.['name'] === 'delivery');
  return textMember(tag, 'value');
}

function returnedOf(event: JsonMembers, data: JsonMembers): Returned | undefined {
  switch (textMember(event, 'type')) {
    case 'email.delivered':
      return { kind: 'delivered' };
    case 'email.delivery_delayed':
      return { kind: 'delayed' };
    case 'email.complained':
      return { kind: 'complained', feedback: 'abuse' };
    case 'email.bounced':
      return bounceIn(memberOf(data, 'bounce'));
    case 'email.suppressed':
      return bounced(ON_VENDORS_LIST, textMember(memberOf(data, 'suppressed'), 'message'));
    case 'email.failed':
      return bounced(CONTENT, textMember(memberOf(data, 'failed'), 'reason'));
    default:
      return undefined;
  }
}

function bounceIn(bounce: JsonMembers | undefined): Returned {
  const codes: unknown = bounce?.['diagnosticCode'];
  const [code] = Array.isArray(codes) ? (codes as unknown[]) : [codes];
  return readSesBounce({
    type: textMember(bounce, 'type'),
    subType: textMember(bounce, 'subType'),
    text: typeof code === 'string' ? code.replace(/^smtp;\s*/i, '') : textMember(bounce, 'message'),
  });
}

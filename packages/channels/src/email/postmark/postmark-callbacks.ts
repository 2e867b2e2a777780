import { memberOf, membersOf, textMember, type JsonMembers } from '../api/read-json.ts';
import {
  bounced,
  BY_POLICY,
  classify,
  CONTENT,
  ON_VENDORS_LIST,
  UNKNOWN_ADDRESS,
  unlessClear,
} from '../callbacks/bounced.ts';
import { factOf, type Callbacks } from '../callbacks/callbacks.ts';
import { isSameText } from '../callbacks/same-text.ts';
import type { Bounce } from '../returned/classify-bounce.ts';
import type { Returned } from '../returned/read-returned-mail.ts';
import type { PostmarkSecrets, PostmarkSettings } from './kind.ts';

/** Postmark signs nothing: the URL cannot be guessed, and may carry a user and a password. */
export const postmarkCallbacks: Callbacks<PostmarkSettings, PostmarkSecrets> = {
  verify({ header }, { settings, secrets }) {
    const { webhook_user: user = '' } = settings;
    const { webhook_password: password = '' } = secrets;
    if (!user && !password) return 'genuine';
    const right = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    return isSameText(right, header('authorization') ?? '') ? 'genuine' : 'forged';
  },

  read(body) {
    const record = membersOf(body);
    if (!record) return [];
    const at = record['DeliveredAt'] ?? record['BouncedAt'] ?? record['ChangedAt'];
    return factOf(textMember(memberOf(record, 'Metadata'), 'delivery'), returnedOf(record), at);
  },
};

function returnedOf(record: JsonMembers): Returned | undefined {
  switch (textMember(record, 'RecordType')) {
    case 'Delivery':
      return { kind: 'delivered' };
    case 'Bounce':
      return bounceOf(record);
    case 'SpamComplaint':
      return { kind: 'complained', feedback: 'abuse' };
    case 'SubscriptionChange':
      return changeOf(record);
    default:
      return undefined;
  }
}

const BY_TYPE: Record<string, Bounce> = {
  BadEmailAddress: UNKNOWN_ADDRESS,
  ManuallyDeactivated: ON_VENDORS_LIST,
  Blocked: BY_POLICY,
  SpamNotification: BY_POLICY,
  DMARCPolicy: BY_POLICY,
  ChallengeVerification: BY_POLICY,
  OpenRelayTest: BY_POLICY,
  VirusNotification: CONTENT,
  TemplateRenderingFailed: CONTENT,
  SMTPApiError: CONTENT,
};

/** Notes by machines and people, which are no refusals. */
const NO_BOUNCE = new Set(['AutoResponder', 'Subscribe', 'InboundError', 'AddressChange']);

function bounceOf(record: JsonMembers): Returned | undefined {
  const type = textMember(record, 'Type') ?? '';
  const text = textMember(record, 'Details') ?? textMember(record, 'Description') ?? '';
  if (NO_BOUNCE.has(type)) return undefined;
  if (type === 'Transient') return { kind: 'delayed' };
  if (type === 'Unsubscribe') return { kind: 'unsubscribed' };
  if (type === 'SpamComplaint') return { kind: 'complained', feedback: 'abuse' };
  const known = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
  const said = known ?? classify({ text });
  return bounced(type === 'HardBounce' ? unlessClear(said, 'dead') : said, text);
}

/** A bounce or a complaint changes the list too, and has a record of its own. */
function changeOf(record: JsonMembers): Returned | undefined {
  const isPersons =
    record['SuppressSending'] === true &&
    textMember(record, 'SuppressionReason') === 'ManualSuppression' &&
    textMember(record, 'Origin') === 'Recipient';
  return isPersons ? { kind: 'unsubscribed' } : undefined;
}

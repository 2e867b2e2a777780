import {
  memberOf,
  membersOf,
  parseJsonText,
  textMember,
  type JsonMembers,
} from '../api/read-json.ts';
import { factOf, type CallbackFact, type Callbacks } from '../callbacks/callbacks.ts';
import { bounced, CONTENT } from '../callbacks/bounced.ts';
import type { Returned } from '../returned/read-returned-mail.ts';
import type { SesSecrets, SesSettings } from './kind.ts';
import { readSesBounce } from './ses-bounce.ts';
import { isSnsUrl, verifySns } from './sns-message.ts';

const CONFIRM_MS = 10_000;

/** Events of a configuration set, by way of an SNS topic; each message carries the tag `delivery`. */
export const sesCallbacks: Callbacks<SesSettings, SesSecrets> = {
  verify: ({ body }, { settings, now, readDocument }) =>
    verifySns(parseJsonText(body.toString('utf8')), {
      topic: settings.topic_arn,
      now,
      readDocument,
    }),

  read(body) {
    const message = membersOf(body);
    if (textMember(message, 'Type') !== 'Notification') return [];
    const event = membersOf(parseJsonText(textMember(message, 'Message') ?? ''));
    return event ? factsIn(event) : [];
  },

  async confirm(body, http) {
    const message = membersOf(body);
    if (textMember(message, 'Type') !== 'SubscriptionConfirmation') return true;
    const url = textMember(message, 'SubscribeURL') ?? '';
    if (!isSnsUrl(url)) return true;
    const outcome = await http.send({ method: 'GET', url, headers: {}, timeoutMs: CONFIRM_MS });
    return outcome.kind === 'answered' && outcome.answer.status === 200;
  },
};

function factsIn(event: JsonMembers): CallbackFact[] {
  const type = textMember(event, 'eventType') ?? textMember(event, 'notificationType') ?? '';
  const member = Object.hasOwn(MEMBERS, type) ? MEMBERS[type]! : undefined;
  if (!member) return [];
  const details = memberOf(event, member.name);
  return factOf(keyIn(event), member.read(details), details?.['timestamp']);
}

/** Each message goes to one recipient. */
const MEMBERS: Record<
  string,
  { name: string; read(details: JsonMembers | undefined): Returned | undefined }
> = {
  Delivery: { name: 'delivery', read: () => ({ kind: 'delivered' }) },
  DeliveryDelay: { name: 'deliveryDelay', read: () => ({ kind: 'delayed' }) },
  Bounce: { name: 'bounce', read: bounceIn },
  Complaint: { name: 'complaint', read: complaintIn },
  Reject: { name: 'reject', read: (details) => bounced(CONTENT, textMember(details, 'reason')) },
  'Rendering Failure': {
    name: 'failure',
    read: (details) => bounced(CONTENT, textMember(details, 'errorMessage')),
  },
  Subscription: { name: 'subscription', read: unsubscribedIn },
};

function bounceIn(details: JsonMembers | undefined): Returned {
  const recipients: unknown = details?.['bouncedRecipients'];
  const recipient = Array.isArray(recipients) ? membersOf(recipients[0]) : undefined;
  return readSesBounce({
    type: textMember(details, 'bounceType'),
    subType: textMember(details, 'bounceSubType'),
    status: textMember(recipient, 'status'),
    text: textMember(recipient, 'diagnosticCode')?.replace(/^smtp;\s*/i, ''),
  });
}

function complaintIn(details: JsonMembers | undefined): Returned | undefined {
  const feedback = textMember(details, 'complaintFeedbackType') ?? 'abuse';
  return feedback === 'not-spam' ? undefined : { kind: 'complained', feedback };
}

function unsubscribedIn(details: JsonMembers | undefined): Returned | undefined {
  const wanted = memberOf(details, 'newTopicPreferences');
  return wanted?.['unsubscribeAll'] === true ? { kind: 'unsubscribed' } : undefined;
}

function keyIn(event: JsonMembers): string | undefined {
  const values: unknown = memberOf(memberOf(event, 'mail'), 'tags')?.['delivery'];
  const [key] = Array.isArray(values) ? (values as unknown[]) : [];
  return typeof key === 'string' ? key : undefined;
}

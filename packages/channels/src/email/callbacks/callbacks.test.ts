import { describe, expect, test } from 'vitest';
import { mailgunCallbacks } from '../mailgun/mailgun-callbacks.ts';
import { postmarkCallbacks } from '../postmark/postmark-callbacks.ts';
import { resendCallbacks } from '../resend/resend-callbacks.ts';
import { sendgridCallbacks } from '../sendgrid/sendgrid-callbacks.ts';
import { sesCallbacks } from '../ses/ses-callbacks.ts';
import type { Callbacks } from './callbacks.ts';

const KEY = '1a_0123456789abcdef';
const AT = '2026-03-01T09:00:00Z';
const SECONDS = Date.parse(AT) / 1_000;

/** Short for the outcome: the class of a bounce, else the kind. */
function outcomes(vendor: Callbacks<never, never>, body: unknown): string[] {
  return vendor.read(body).map(({ key, returned, at }) => {
    expect(key).toBe(KEY);
    expect(at).toEqual(new Date(AT));
    return returned.kind === 'bounced' ? `${returned.bounce}: ${returned.reason}` : returned.kind;
  });
}

describe('SendGrid', () => {
  test.each<[Record<string, string>, string | undefined]>([
    [{ event: 'delivered' }, 'delivered'],
    [{ event: 'deferred', response: '450 try later' }, 'delayed'],
    [
      { event: 'bounce', type: 'bounce', status: '5.1.1', reason: '550 5.1.1 No' },
      'dead: address unknown',
    ],
    [
      {
        event: 'bounce',
        type: 'bounce',
        bounce_classification: 'Invalid Address',
        reason: '550 No',
      },
      'dead: address unknown',
    ],
    [
      { event: 'bounce', type: 'bounce', status: '5.2.2', reason: '552 5.2.2 Over quota' },
      'blocked: mailbox full',
    ],
    [
      { event: 'bounce', bounce_classification: 'Mailbox Unavailable', reason: '550 No' },
      'blocked: rejected',
    ],
    [
      { event: 'bounce', bounce_classification: 'Content', reason: '550 No' },
      'ignored: content refused',
    ],
    [
      { event: 'bounce', bounce_classification: 'Unclassified', reason: '550 No' },
      'counted: rejected',
    ],
    [
      { event: 'bounce', type: 'blocked', reason: '550 5.7.1 Blocked by policy' },
      'ignored: refused by policy',
    ],
    [{ event: 'dropped', reason: 'Bounced Address' }, "dead: on the provider's suppression list"],
    [{ event: 'dropped', reason: 'Invalid' }, 'dead: address unknown'],
    [{ event: 'dropped', reason: 'Unsubscribed Address' }, 'unsubscribed'],
    [{ event: 'dropped', reason: 'Spam Content' }, 'ignored: content refused'],
    [{ event: 'spamreport' }, 'complained'],
    [{ event: 'unsubscribe' }, 'unsubscribed'],
    [{ event: 'group_unsubscribe' }, 'unsubscribed'],
    [{ event: 'open' }, undefined],
    [{ event: 'processed' }, undefined],
  ])('%o is %s', (event, outcome) => {
    const whole = [{ delivery: KEY, timestamp: SECONDS, ...event }];
    expect(outcomes(sendgridCallbacks, whole)).toEqual(outcome === undefined ? [] : [outcome]);
  });
});

describe('Mailgun', () => {
  const status = { 'delivery-status': { message: 'No', 'enhanced-code': '' } };
  test.each<[Record<string, unknown>, string | undefined]>([
    [{ event: 'delivered' }, 'delivered'],
    [{ event: 'failed', severity: 'temporary', reason: 'generic', ...status }, 'delayed'],
    [
      {
        event: 'failed',
        severity: 'permanent',
        reason: 'bounce',
        'delivery-status': { message: '5.1.1 No such user', 'enhanced-code': '5.1.1' },
      },
      'dead: address unknown',
    ],
    [{ event: 'failed', severity: 'permanent', reason: 'generic', ...status }, 'counted: rejected'],
    [{ event: 'failed', severity: 'permanent', reason: 'old' }, 'counted: gave up after days'],
    [
      { event: 'failed', severity: 'permanent', reason: 'suppress-bounce' },
      "dead: on the provider's suppression list",
    ],
    [{ event: 'failed', severity: 'permanent', reason: 'suppress-unsubscribe' }, 'unsubscribed'],
    [
      { event: 'failed', severity: 'permanent', reason: 'espblock', ...status },
      'ignored: refused by policy',
    ],
    [{ event: 'complained' }, 'complained'],
    [{ event: 'unsubscribed' }, 'unsubscribed'],
    [{ event: 'clicked' }, undefined],
  ])('%o is %s', (event, outcome) => {
    const data = { timestamp: SECONDS, 'user-variables': { delivery: KEY }, ...event };
    expect(outcomes(mailgunCallbacks, { 'event-data': data })).toEqual(
      outcome === undefined ? [] : [outcome],
    );
  });
});

describe('Postmark', () => {
  const bounce = (Type: string, Details = 'No') => ({
    RecordType: 'Bounce',
    Type,
    Details,
    BouncedAt: AT,
  });
  test.each<[Record<string, unknown>, string | undefined]>([
    [{ RecordType: 'Delivery', DeliveredAt: AT }, 'delivered'],
    [bounce('HardBounce'), 'dead: rejected'],
    [bounce('HardBounce', '550 5.7.1 Not by our policy'), 'ignored: refused by policy'],
    [bounce('BadEmailAddress'), 'dead: address unknown'],
    [bounce('SoftBounce', '552 5.2.2 Mailbox full'), 'blocked: mailbox full'],
    [bounce('SoftBounce'), 'counted: rejected'],
    [bounce('Blocked'), 'ignored: refused by policy'],
    [bounce('ManuallyDeactivated'), "dead: on the provider's suppression list"],
    [bounce('Transient'), 'delayed'],
    [bounce('AutoResponder'), undefined],
    [bounce('constructor'), 'counted: rejected'],
    [{ RecordType: 'SpamComplaint', BouncedAt: AT }, 'complained'],
    [
      {
        RecordType: 'SubscriptionChange',
        SuppressSending: true,
        SuppressionReason: 'ManualSuppression',
        Origin: 'Recipient',
        ChangedAt: AT,
      },
      'unsubscribed',
    ],
    [
      {
        RecordType: 'SubscriptionChange',
        SuppressSending: true,
        SuppressionReason: 'HardBounce',
        Origin: 'Recipient',
        ChangedAt: AT,
      },
      undefined,
    ],
    [{ RecordType: 'Open', ReceivedAt: AT }, undefined],
  ])('%o is %s', (record, outcome) => {
    expect(outcomes(postmarkCallbacks, { Metadata: { delivery: KEY }, ...record })).toEqual(
      outcome === undefined ? [] : [outcome],
    );
  });
});

describe('Resend', () => {
  const bounced = (type: string, subType: string, message = 'No') => ({
    bounce: { type, subType, message },
  });
  test.each<[string, Record<string, unknown>, string | undefined]>([
    ['email.delivered', {}, 'delivered'],
    ['email.delivery_delayed', {}, 'delayed'],
    ['email.complained', {}, 'complained'],
    ['email.bounced', bounced('Permanent', 'General'), 'dead: rejected'],
    [
      'email.bounced',
      bounced('Permanent', 'Suppressed'),
      "dead: on the provider's suppression list",
    ],
    ['email.bounced', bounced('Transient', 'MailboxFull'), 'blocked: mailbox full'],
    ['email.bounced', bounced('Undetermined', 'Undetermined'), 'counted: rejected'],
    ['email.suppressed', {}, "dead: on the provider's suppression list"],
    ['email.failed', {}, 'ignored: content refused'],
    ['email.opened', {}, undefined],
  ])('%s with %o is %s', (type, data, outcome) => {
    for (const tags of [{ delivery: KEY }, [{ name: 'delivery', value: KEY }]]) {
      const event = { type, created_at: AT, data: { tags, ...data } };
      expect(outcomes(resendCallbacks, event)).toEqual(outcome === undefined ? [] : [outcome]);
    }
  });
});

describe('Amazon SES', () => {
  const bounce = (
    bounceType: string,
    bounceSubType: string,
    { status = '', diagnosticCode = '' } = {},
  ) => ({
    eventType: 'Bounce',
    bounce: {
      bounceType,
      bounceSubType,
      timestamp: AT,
      bouncedRecipients: [{ status, diagnosticCode }],
    },
  });
  test.each<[Record<string, unknown>, string | undefined]>([
    [{ eventType: 'Delivery', delivery: { timestamp: AT } }, 'delivered'],
    [{ eventType: 'DeliveryDelay', deliveryDelay: { timestamp: AT } }, 'delayed'],
    [bounce('Permanent', 'NoEmail'), 'dead: address unknown'],
    [bounce('Permanent', 'General'), 'dead: rejected'],
    [
      bounce('Permanent', 'General', {
        status: '5.7.1',
        diagnosticCode: 'smtp; 550 5.7.1 Message rejected due to local policy',
      }),
      'ignored: refused by policy',
    ],
    [bounce('Permanent', 'Suppressed'), "dead: on the provider's suppression list"],
    [bounce('Permanent', 'OnAccountSuppressionList'), "dead: on the provider's suppression list"],
    [bounce('Permanent', 'UnsubscribedRecipient'), 'unsubscribed'],
    [bounce('Transient', 'General'), 'counted: rejected'],
    [bounce('Transient', 'General', { status: '4.4.7' }), 'dead: gave up after days'],
    [bounce('Transient', 'MailboxFull'), 'blocked: mailbox full'],
    [bounce('Transient', 'MessageTooLarge'), 'ignored: message too large'],
    [bounce('Transient', 'ContentRejected'), 'ignored: content refused'],
    [bounce('Undetermined', 'Undetermined'), 'counted: rejected'],
    [
      {
        eventType: 'Complaint',
        complaint: { timestamp: AT, complaintFeedbackType: 'abuse' },
      },
      'complained',
    ],
    [
      {
        eventType: 'Complaint',
        complaint: { timestamp: AT, complaintFeedbackType: 'not-spam' },
      },
      undefined,
    ],
    [
      {
        eventType: 'Subscription',
        subscription: { timestamp: AT, newTopicPreferences: { unsubscribeAll: true } },
      },
      'unsubscribed',
    ],
    [{ eventType: 'Open', open: { timestamp: AT } }, undefined],
    [{ eventType: 'toString' }, undefined],
  ])('%o is %s', (event, outcome) => {
    const Message = JSON.stringify({ mail: { tags: { delivery: [KEY] } }, ...event });
    expect(outcomes(sesCallbacks, { Type: 'Notification', Message })).toEqual(
      outcome === undefined ? [] : [outcome],
    );
  });
});

describe('what makes no sense', () => {
  const vendors: Record<string, Callbacks<never, never>> = {
    sendgrid: sendgridCallbacks,
    mailgun: mailgunCallbacks,
    postmark: postmarkCallbacks,
    resend: resendCallbacks,
    ses: sesCallbacks,
  };
  const bodies = [
    null,
    7,
    'text',
    [],
    [null, 7, []],
    {},
    { 'event-data': [] },
    { data: { tags: [null] }, type: 'email.bounced' },
    { Type: 'Notification', Message: '{' },
    { Type: 'Notification', Message: '{"eventType":"Bounce","bounce":7,"mail":{"tags":[]}}' },
  ];
  test.each(Object.entries(vendors))('says nothing to %s', (_, vendor) => {
    for (const body of bodies) expect(vendor.read(body)).toEqual([]);
  });
});

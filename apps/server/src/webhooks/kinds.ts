import type { WebhookKind } from '@perennial/contracts';
import { kindOfFact } from '../events/index.ts';

const KINDS: Record<string, WebhookKind> = {
  MessageSent: 'message.sent',
  MessageDelivered: 'message.delivered',
  MessageUndelivered: 'message.undelivered',
  MessageOpened: 'message.opened',
  MessageClicked: 'message.clicked',
  MessageUnsubscribed: 'message.unsubscribed',
  MessageComplained: 'message.complained',
  SubscriptionChanged: 'subscription.changed',
  SubscriptionConfirmed: 'subscription.confirmed',
  ContactCreated: 'contact.created',
  FieldChanged: 'contact.changed',
  ContactMerged: 'contact.merged',
  SegmentEntered: 'segment.entered',
  SegmentLeft: 'segment.left',
};

/** Facts that are the program's own business. */
const UNTOLD = new Set(['ContactUnmerged', 'FormShown']);

/** What webhooks call a fact of this type; undefined: they are not told of it. */
export function webhookKind(type: string): WebhookKind | undefined {
  if (Object.hasOwn(KINDS, type)) return KINDS[type];
  if (UNTOLD.has(type)) return undefined;
  const kind = kindOfFact(type);
  if (kind === 'form') return 'form.submitted';
  return kind === 'order' ? 'order.changed' : 'event.received';
}

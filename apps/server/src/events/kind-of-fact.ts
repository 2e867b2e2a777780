import type { ActivityKind } from '@perennial/contracts';

/** Kinds of activity that are facts; a send has a line of its own. */
export type FactKind = Exclude<ActivityKind, 'send'>;

/** Facts about sends that the send's own line tells. */
const TOLD_BY_SEND = new Set(['MessageSent', 'MessageDelivered', 'MessageUndelivered']);

const KINDS: Record<string, FactKind> = {
  FieldChanged: 'field',
  ContactCreated: 'profile',
  ContactMerged: 'profile',
  ContactUnmerged: 'profile',
  SubscriptionChanged: 'subscription',
  SubscriptionConfirmed: 'subscription',
  SegmentEntered: 'segment',
  SegmentLeft: 'segment',
  FormShown: 'form',
  FormSubmitted: 'form',
};

/** What a subscription through the REST API is told as; a form is named behind it. */
const FORM_OF_API = /^subscribe(Update)?FromApi(-|$)/;

/**
 * Under which filter of the activity a fact stands; undefined: it has no line of its own. Contacts
 * keep counts by kind: when a type comes under another one, a migration makes them unknown.
 */
export function kindOfFact(type: string): FactKind | undefined {
  if (TOLD_BY_SEND.has(type)) return undefined;
  if (Object.hasOwn(KINDS, type)) return KINDS[type];
  if (FORM_OF_API.test(type)) return 'form';
  return /^order[A-Z][A-Z_]*$/.test(type) ? 'order' : 'event';
}

const STATUSES: Record<string, string> = {
  MessageOpened: 'opened',
  MessageClicked: 'clicked',
  MessageUnsubscribed: 'unsubscribed',
  MessageComplained: 'complained',
};

/** What a fact says about a message, in the word of its deliveries. */
export function statusOfFact(type: string): string | null {
  return Object.hasOwn(STATUSES, type) ? STATUSES[type]! : null;
}

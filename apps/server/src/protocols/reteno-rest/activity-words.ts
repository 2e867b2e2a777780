/** What the REST API calls what became of messages, and by which facts it is known. */
export const ACTIVITY_STATUSES = [
  'SENT',
  'DELIVERED',
  'UNDELIVERED',
  'READ',
  'CLICKED',
  'UNSUBSCRIBED',
  'SPAM',
  'SUBSCRIPTION_CHANGED',
] as const;
export type ActivityStatus = (typeof ACTIVITY_STATUSES)[number];

/** Channels by the words of the REST API, for activities and messages. */
export const MEDIA_TYPES: Record<string, string> = {
  email: 'email',
  sms: 'sms',
  viber: 'viber',
  mobile_push: 'mobilepush',
  web_push: 'webpush',
  app_inbox: 'appinbox',
  telegram: 'telegram',
  in_app: 'inapp',
};

const PUSH = ['mobile_push', 'web_push'];

export interface ActivitySource {
  type: string;
  channels?: { in: readonly string[] } | { not: readonly string[] };
}

/** A mail server that took a message says no more, so that is its delivery. */
export const ACTIVITY_SOURCES: Record<ActivityStatus, readonly ActivitySource[]> = {
  SENT: [{ type: 'MessageSent', channels: { in: PUSH } }],
  DELIVERED: [
    { type: 'MessageSent', channels: { in: ['email'] } },
    { type: 'MessageDelivered', channels: { not: ['email'] } },
  ],
  UNDELIVERED: [{ type: 'MessageUndelivered' }],
  READ: [{ type: 'MessageOpened' }],
  CLICKED: [{ type: 'MessageClicked' }],
  UNSUBSCRIBED: [{ type: 'MessageUnsubscribed' }],
  SPAM: [{ type: 'MessageComplained' }],
  SUBSCRIPTION_CHANGED: [{ type: 'SubscriptionChanged' }],
};

/** The status that a fact tells; undefined: none that this API has a word for. */
export function activityStatus(
  type: string,
  channel: string | undefined,
): ActivityStatus | undefined {
  return ACTIVITY_STATUSES.find((status) =>
    ACTIVITY_SOURCES[status].some(
      (source) => source.type === type && fits(source.channels, channel),
    ),
  );
}

function fits(channels: ActivitySource['channels'], channel: string | undefined): boolean {
  if (!channels) return true;
  return 'in' in channels
    ? channels.in.includes(channel ?? '')
    : !channels.not.includes(channel ?? '');
}

import type { DeliveryStatus } from '@perennial/channels';

/** What a send or a delivery is, as far as it has come. */
export interface Progress {
  channel: string;
  /** Null while nobody has decided. */
  decision: 'sent' | 'held' | 'refused' | null;
  /** Why it is refused. */
  reason: string | null;
  status: DeliveryStatus | null;
}

type Words = Partial<Record<DeliveryStatus, string>>;

/** By channel, what is called otherwise than in e-mail. */
const EMAIL: Record<DeliveryStatus, string> = {
  queued: 'IN_QUEUE',
  uncertain: 'IN_QUEUE',
  // A mail server that took it says no more.
  sent: 'DELIVERED',
  delivered: 'DELIVERED',
  opened: 'READ',
  clicked: 'CLICKED',
  undelivered: 'UNDELIVERED',
  unsubscribed: 'UNSUBSCRIBED',
  complained: 'SPAM',
  expired: 'ERROR',
  cancelled: 'ERROR',
};

const OTHERS: Record<string, Words> = {
  sms: {
    uncertain: 'PENDING',
    sent: 'PENDING',
    undelivered: 'SMS_UNDELIVERED_STATE',
    expired: 'EXPIRED',
  },
  viber: {
    uncertain: 'PENDING',
    sent: 'PENDING',
    undelivered: 'VIBER_UNDELIVERED_STATE',
    expired: 'VIBER_EXPIRED_STATE',
  },
  telegram: { undelivered: 'BOT_SEND_ERROR', expired: 'BOT_SEND_ERROR' },
  mobile_push: { sent: 'SENT' },
  web_push: { sent: 'SENT' },
};

/** Gates' words for what stands against an address. */
const REFUSALS: Record<string, string> = {
  unconfirmed: 'NOT_CONFIRMED',
  unsubscribed: 'UNSUBSCRIBED',
  complained: 'SPAM',
  blacklisted: 'BLACKLISTED',
  blocked: 'BLACKLISTED',
  bounced: 'UNDELIVERED',
};

/** The status in the words of the REST API, by channel. */
export function restStatus({ channel, decision, reason, status }: Progress): string {
  if (decision === 'refused') return REFUSALS[reason ?? ''] ?? 'ERROR';
  const state = status ?? 'queued';
  return OTHERS[channel]?.[state] ?? EMAIL[state];
}

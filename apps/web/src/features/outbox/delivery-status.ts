import type { DeliveryStatus } from '@perennial/channels';
import type { Tone } from '@perennial/ui';
import type { TextId } from '../../app/catalogue.ts';

interface StatusLook {
  tone: Tone;
  text: TextId;
}

const looks: Record<DeliveryStatus | 'refused' | 'held', StatusLook> = {
  refused: { tone: 'danger', text: 'outbox.decision.refused' },
  held: { tone: 'warning', text: 'outbox.decision.held' },
  queued: { tone: 'neutral', text: 'outbox.status.queued' },
  sent: { tone: 'info', text: 'outbox.status.sent' },
  delivered: { tone: 'success', text: 'outbox.status.delivered' },
  opened: { tone: 'success', text: 'outbox.status.opened' },
  clicked: { tone: 'accent', text: 'outbox.status.clicked' },
  undelivered: { tone: 'danger', text: 'outbox.status.undelivered' },
  uncertain: { tone: 'warning', text: 'outbox.status.uncertain' },
  unsubscribed: { tone: 'warning', text: 'outbox.status.unsubscribed' },
  complained: { tone: 'danger', text: 'outbox.status.complained' },
  expired: { tone: 'neutral', text: 'outbox.status.expired' },
  cancelled: { tone: 'neutral', text: 'outbox.status.cancelled' },
};

/** How a status of a send or delivery looks; one this release does not know keeps its word. */
export function deliveryStatusLook(status: string): StatusLook | undefined {
  return Object.hasOwn(looks, status) ? looks[status as keyof typeof looks] : undefined;
}

/** Statuses in the order in which people think of them. */
export const deliveryStatuses = (Object.keys(looks) as (keyof typeof looks)[]).filter(
  (status) => status !== 'refused' && status !== 'held',
);

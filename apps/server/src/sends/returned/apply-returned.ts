import type { Returned } from '@perennial/channels/providers';
import type { Tx } from '../../db/index.ts';
import {
  blockAddresses,
  forgetStrikes,
  suppressAddresses,
  type Refusal,
} from '../../suppressions/index.ts';
import { reportStatuses, type StatusReport } from '../senders/report-statuses.ts';
import type { ReturnedDelivery } from './find-returned-delivery.ts';

interface Round {
  delivery: ReturnedDelivery;
  slots: number;
  now: Date;
}

/**
 * What the outside says of a delivery after it was accepted: its status follows through the
 * contact's slot, the address is suppressed at once. Saying it twice is as good as once.
 */
export async function applyReturned(
  tx: Tx,
  { returned, ...round }: Round & { returned: Returned },
): Promise<void> {
  switch (returned.kind) {
    case 'delayed':
      return;
    case 'delivered':
      return delivered(tx, round);
    case 'bounced':
      return bounced(tx, { ...round, returned });
    case 'complained':
      return complained(tx, { ...round, returned });
  }
}

async function delivered(tx: Tx, { delivery, slots, now }: Round): Promise<void> {
  await report(tx, { delivery, slots, now, status: 'delivered' });
  await forgetStrikes(tx, { addresses: [delivery], now });
}

async function bounced(
  tx: Tx,
  { delivery, returned, slots, now }: Round & { returned: Returned & { kind: 'bounced' } },
): Promise<void> {
  const { bounce, reason, answer } = returned;
  await report(tx, { delivery, slots, now, status: 'undelivered', reason, bounce, answer });
  const refusal = refusalOf(delivery, answer || reason);
  if (bounce === 'dead') {
    await suppressAddresses(tx, {
      suppressions: [{ ...refusal, reason: 'bounced', since: now }],
      slots,
      now,
    });
  }
  // A report that comes twice is one refusal.
  if (bounce === 'blocked' && delivery.status !== 'undelivered') {
    await blockAddresses(tx, { refusals: [refusal], slots, now });
  }
}

async function complained(
  tx: Tx,
  { delivery, returned, slots, now }: Round & { returned: Returned & { kind: 'complained' } },
): Promise<void> {
  await report(tx, { delivery, slots, now, status: 'complained', reason: returned.feedback });
  const suppression = { ...refusalOf(delivery, returned.feedback), since: now };
  await suppressAddresses(tx, {
    suppressions: [{ ...suppression, reason: 'complained' }],
    slots,
    now,
  });
}

async function report(
  tx: Tx,
  {
    delivery: { workspaceId, contactId, sendId, deliveryId },
    slots,
    now,
    ...rest
  }: Round & Omit<StatusReport, 'workspaceId' | 'contactId' | 'sendId' | 'deliveryId'>,
): Promise<void> {
  const reports = [{ workspaceId, contactId, sendId, deliveryId, ...rest }];
  await reportStatuses(tx, { reports, slots, now });
}

function refusalOf(delivery: ReturnedDelivery, details: string): Refusal {
  const { workspaceId, contactId, sendId, deliveryId, channel, address } = delivery;
  return {
    workspaceId,
    channel,
    address,
    details: details.slice(0, 500),
    source: 'system',
    contactId,
    sendId,
    deliveryId,
  };
}

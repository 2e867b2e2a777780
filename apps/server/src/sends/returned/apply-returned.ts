import type { Returned } from '@perennial/channels/providers';
import type { Tx } from '../../db/index.ts';
import {
  blockAddresses,
  forgetStrikes,
  suppressAddresses,
  type Refusal,
  type SuppressionToWrite,
} from '../../suppressions/index.ts';
import { reportStatuses, type StatusReport } from '../senders/report-statuses.ts';
import type { ReturnedDelivery } from './find-returned-delivery.ts';

/** What came back for one delivery. */
export interface ReturnedFact<Kind extends Returned = Returned> {
  delivery: ReturnedDelivery;
  returned: Kind;
  /** When it happened; now if absent, or in the future. */
  at?: Date;
}

interface Round {
  slots: number;
  now: Date;
}

/**
 * What the outside says of deliveries after they were accepted: their statuses follow through the
 * contacts' slots, addresses are suppressed at once. Saying it twice is as good as once: what was
 * said before suppresses nobody again, who may have been let in since.
 */
export async function applyReturned(
  tx: Tx,
  { facts, ...round }: Round & { facts: readonly ReturnedFact[] },
): Promise<void> {
  const news = facts.filter((fact) => !isKnown(fact));
  await reportStatuses(tx, { reports: facts.flatMap(reportOf), ...round });
  await forgetStrikes(tx, { addresses: deliveriesOf(news, 'delivered'), now: round.now });
  const suppressions = news.flatMap((fact) => suppressionOf(fact, round.now));
  await suppressAddresses(tx, { suppressions: suppressions.sort(byAddress), ...round });
  const refusals = news.flatMap(blockOf).sort(byAddress);
  await blockAddresses(tx, { refusals, ...round });
}

/** It was said before, or the person has agreed again since. */
function isKnown({ delivery, returned, at }: ReturnedFact): boolean {
  const { status, bounce, agreedAt } = delivery;
  switch (returned.kind) {
    case 'complained':
      return status === 'complained';
    case 'unsubscribed':
      return (
        status === 'unsubscribed' ||
        status === 'complained' ||
        (at !== undefined && agreedAt !== null && at < agreedAt)
      );
    case 'bounced':
      // A first word that was unclear may be followed by a clear one.
      return (
        status === 'undelivered' && (returned.bounce === 'blocked' || bounce === returned.bounce)
      );
    case 'delivered':
    case 'delayed':
      return false;
  }
}

function reportOf(fact: ReturnedFact): StatusReport[] {
  const { delivery, returned } = fact;
  const { workspaceId, contactId, sendId, deliveryId } = delivery;
  const whose = { workspaceId, contactId, sendId, deliveryId };
  switch (returned.kind) {
    case 'delayed':
      return [];
    case 'delivered':
      return [{ ...whose, status: 'delivered' }];
    case 'bounced': {
      const { reason, bounce, answer } = returned;
      return [{ ...whose, status: 'undelivered', reason, bounce, answer }];
    }
    case 'complained':
      return [{ ...whose, status: 'complained', reason: returned.feedback }];
    case 'unsubscribed':
      return isKnown(fact) ? [] : [{ ...whose, status: 'unsubscribed' }];
  }
}

function deliveriesOf(facts: readonly ReturnedFact[], kind: Returned['kind']): ReturnedDelivery[] {
  return facts.filter(({ returned }) => returned.kind === kind).map(({ delivery }) => delivery);
}

function suppressionOf({ delivery, returned, at }: ReturnedFact, now: Date): SuppressionToWrite[] {
  const since = at && at < now ? at : now;
  switch (returned.kind) {
    case 'bounced': {
      if (returned.bounce !== 'dead') return [];
      const details = returned.answer || returned.reason;
      return [{ ...refusalOf(delivery, details), reason: 'bounced', since }];
    }
    case 'complained':
      return [{ ...refusalOf(delivery, returned.feedback), reason: 'complained', since }];
    case 'unsubscribed':
      return [
        {
          ...refusalOf(delivery, 'told the provider'),
          source: 'webhook',
          reason: 'unsubscribed',
          since,
        },
      ];
    case 'delivered':
    case 'delayed':
      return [];
  }
}

function blockOf({ delivery, returned }: ReturnedFact): Refusal[] {
  return returned.kind === 'bounced' && returned.bounce === 'blocked'
    ? [refusalOf(delivery, returned.answer || returned.reason)]
    : [];
}

/** Batches that come at once lock addresses in one order. */
function byAddress(a: { address: string }, b: { address: string }): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
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

import { furthestStatus, type DeliveryStatus } from '@perennial/channels';

/** Facts that are written once for a send; bits of `sends.facts`. */
export const SEND_FACTS = {
  MessageSent: 1,
  MessageDelivered: 2,
  MessageUndelivered: 4,
} as const;
export type SendFact = keyof typeof SEND_FACTS;

/** An open proves that it was delivered, and a delivery that it was sent. */
const AT_LEAST_SENT: ReadonlySet<DeliveryStatus> = new Set([
  'sent',
  'delivered',
  'opened',
  'clicked',
  'unsubscribed',
  'complained',
]);

export interface SendState {
  status: DeliveryStatus | null;
  /** Bits of `SEND_FACTS` that were written. */
  facts: number;
}

/** What a send becomes by its deliveries, and which of its facts are true for the first time. */
export function advanceSend(
  { facts }: SendState,
  deliveries: readonly DeliveryStatus[],
): SendState & { news: SendFact[] } {
  const status = furthestStatus(deliveries);
  const reached: SendFact[] = [];
  if (status && AT_LEAST_SENT.has(status)) {
    reached.push('MessageSent');
    if (status !== 'sent') reached.push('MessageDelivered');
  }
  if (status === 'undelivered') reached.push('MessageUndelivered');
  const news = reached.filter((fact) => (facts & SEND_FACTS[fact]) === 0);
  return { status, facts: news.reduce((bits, fact) => bits | SEND_FACTS[fact], facts), news };
}

/** Nothing of the send left: it was decided otherwise after all. */
export function nothingLeft(deliveries: readonly DeliveryStatus[]): boolean {
  return (
    deliveries.length > 0 &&
    deliveries.every((status) => status === 'cancelled' || status === 'expired')
  );
}

/** Every status of a delivery, in the order in which a send prefers them: its own is the furthest. */
export const DELIVERY_STATUSES = [
  'cancelled',
  'expired',
  'undelivered',
  'uncertain',
  'queued',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'unsubscribed',
  'complained',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** The status of a send: the furthest of its deliveries, so that one device reached is a send made. */
export function furthestStatus(statuses: readonly DeliveryStatus[]): DeliveryStatus | null {
  return statuses.reduce<DeliveryStatus | null>(
    (furthest, status) =>
      furthest === null || DELIVERY_STATUSES.indexOf(status) > DELIVERY_STATUSES.indexOf(furthest)
        ? status
        : furthest,
    null,
  );
}

/**
 * How much a report about one delivery proves. Reports come late, twice and out of order; the one
 * that proves most stays. A bounce after *sent* is news, after *delivered* it is not.
 */
const PROOF: Record<DeliveryStatus, number> = {
  queued: 0,
  cancelled: 1,
  expired: 2,
  uncertain: 3,
  sent: 4,
  undelivered: 5,
  delivered: 6,
  opened: 7,
  clicked: 8,
  unsubscribed: 9,
  complained: 10,
};

/** What one delivery's status is after a report: never backward, whatever the order. */
export function laterStatus(current: DeliveryStatus, reported: DeliveryStatus): DeliveryStatus {
  return PROOF[reported] > PROOF[current] ? reported : current;
}

import type { BounceClass } from '@perennial/channels';
import type { Tx } from '../../db/index.ts';
import { LANES, type DeliveryItem, type Stamped } from '../../inbox/index.ts';
import { enqueueStamped } from '../../slots/index.ts';
import { applyDeliveries } from '../apply-deliveries.ts';

export interface StatusReport {
  workspaceId: number;
  contactId: number;
  sendId: number;
  deliveryId: number;
  status: DeliveryItem['status'];
  reason?: string | null;
  /** What a refusal said about the address. */
  bounce?: BounceClass | undefined;
  /** The server's words. */
  answer?: string | undefined;
}

/**
 * Tells the contacts' slots what became of deliveries, with the commit that made it so. Tests to
 * nobody in particular have no slot and no facts: theirs is done at once.
 */
export async function reportStatuses(
  tx: Tx,
  { reports, slots, now }: { reports: readonly StatusReport[]; slots: number; now: Date },
): Promise<void> {
  const stamped = reports.map((report): Stamped & { item: DeliveryItem } => ({
    workspaceId: report.workspaceId,
    contactId: report.contactId,
    receivedAt: now.getTime(),
    lane: LANES.stream,
    item: {
      kind: 'delivery',
      ids: [],
      at: now.getTime(),
      source: 'system',
      contactId: report.contactId,
      sendId: report.sendId,
      deliveryId: report.deliveryId,
      status: report.status,
      ...(report.reason != null && { reason: report.reason }),
      ...(report.bounce && { bounce: report.bounce }),
      ...(report.answer && { details: { answer: report.answer.slice(0, 2_000) } }),
    },
  }));
  const nobodys = stamped.filter(({ contactId }) => contactId === 0);
  await applyDeliveries(tx, { entries: nobodys, slots, now });
  await enqueueStamped(tx, { stamped: stamped.filter(({ contactId }) => contactId !== 0), slots });
}

import type { DeliveryStatus } from '@perennial/channels';
import type { Db } from '../../db/index.ts';
import type { MarkedDelivery } from '../delivery-mark.ts';

/** A delivery that something came back for. */
export interface ReturnedDelivery extends MarkedDelivery {
  contactId: number;
  sendId: number;
  channel: string;
  address: string;
  status: DeliveryStatus;
  test: boolean;
}

/** Index: deliveries_newest. Whose it is now: a merge may have moved it; an erasure, removed it. */
export async function findReturnedDelivery(
  db: Db,
  { workspaceId, deliveryId }: MarkedDelivery,
): Promise<ReturnedDelivery | undefined> {
  const { rows } = await db.query<ReturnedDelivery>(
    `select d.workspace_id as "workspaceId", d.id as "deliveryId", d.contact_id as "contactId",
            d.send_id as "sendId", d.channel, d.address, d.status, s.test
       from deliveries d join sends s on s.contact_id = d.contact_id and s.id = d.send_id
      where d.workspace_id = $1 and d.id = $2`,
    [workspaceId, deliveryId],
  );
  return rows[0];
}

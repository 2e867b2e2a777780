import type { DeliveryStatus } from '@perennial/channels';
import type { Db } from '../../db/index.ts';

/** A delivery that something came back for. */
export interface ReturnedDelivery {
  workspaceId: number;
  deliveryId: number;
  contactId: number;
  sendId: number;
  channel: string;
  address: string;
  status: DeliveryStatus;
  test: boolean;
}

/**
 * Whose it is now: a merge may have moved it, an erasure removed it. Without a workspace all are
 * looked through: there are few. Index: deliveries_newest.
 */
export async function findReturnedDelivery(
  db: Db,
  { workspaceId, deliveryId }: { workspaceId?: number; deliveryId: number },
): Promise<ReturnedDelivery | undefined> {
  const { rows } = await db.query<ReturnedDelivery>(
    `select d.workspace_id as "workspaceId", d.id as "deliveryId", d.contact_id as "contactId",
            d.send_id as "sendId", d.channel, d.address, d.status, s.test
       from deliveries d join sends s on s.contact_id = d.contact_id and s.id = d.send_id
      where d.workspace_id in (select id from workspaces where $1::bigint is null or id = $1)
        and d.id = $2`,
    [workspaceId ?? null, deliveryId],
  );
  return rows[0];
}

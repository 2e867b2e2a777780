import type { Db } from '../db/index.ts';

export interface DeliveryPlace {
  contactId: number;
  sendId: number;
}

/** Whose it is now. Index: deliveries_newest. A merge may have given it to another contact. */
export async function findDelivery(
  db: Db,
  { workspaceId, deliveryId }: { workspaceId: number; deliveryId: number },
): Promise<DeliveryPlace | undefined> {
  const { rows } = await db.query<DeliveryPlace>(
    `select contact_id as "contactId", send_id as "sendId" from deliveries
      where workspace_id = $1 and id = $2`,
    [workspaceId, deliveryId],
  );
  return rows[0];
}

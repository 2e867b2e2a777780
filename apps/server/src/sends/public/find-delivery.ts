import type { Db } from '../../db/index.ts';
import type { RecipientToken } from '../../messages/index.ts';

export interface AddressedDelivery {
  contact_id: number;
  channel: string;
  address: string;
  test: boolean;
  /** Of the message. */
  language: string | null;
}

/**
 * The delivery that a link belongs to, by its own ID: a merge may have given it to another
 * contact. Index: deliveries_newest.
 */
export async function findDelivery(
  db: Db,
  { workspaceId, deliveryId }: RecipientToken,
): Promise<AddressedDelivery | undefined> {
  const { rows } = await db.query<AddressedDelivery>(
    `select d.contact_id, d.channel, d.address, s.test, s.language
       from deliveries d join sends s on s.contact_id = d.contact_id and s.id = d.send_id
      where d.workspace_id = $1 and d.id = $2`,
    [workspaceId, deliveryId],
  );
  return rows[0];
}

import type { BounceClass, DeliveryStatus } from '@perennial/channels';
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
  /** What a refusal of it said of the address. */
  bounce: BounceClass | null;
  /** Since when the address is subscribed; null if it is not. */
  agreedAt: Date | null;
  test: boolean;
}

/**
 * Whose they are now: a merge may have moved them, an erasure removed them. Without a workspace all
 * are looked through: there are few. Index: deliveries_newest.
 */
export async function findReturnedDeliveries(
  db: Db,
  { workspaceId, deliveryIds }: { workspaceId?: number; deliveryIds: readonly number[] },
): Promise<ReturnedDelivery[]> {
  const { rows } = await db.query<ReturnedDelivery>(
    `select d.workspace_id as "workspaceId", d.id as "deliveryId", d.contact_id as "contactId",
            d.send_id as "sendId", d.channel, d.address, d.status, d.bounce,
            case a.state when 'subscribed' then a.state_at end as "agreedAt", s.test
       from deliveries d
       join sends s on s.contact_id = d.contact_id and s.id = d.send_id
       left join addresses a
         on a.contact_id = d.contact_id and a.channel = d.channel and a.address = d.address
      where d.workspace_id in (select id from workspaces where $1::bigint is null or id = $1)
        and d.id = any($2::bigint[])`,
    [workspaceId ?? null, deliveryIds],
  );
  return rows;
}

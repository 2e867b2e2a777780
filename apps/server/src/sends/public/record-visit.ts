import { inTransaction, type Pool } from '../../db/index.ts';
import { LANES, type DeliveryItem, type Inbox } from '../../inbox/index.ts';
import type { RecipientToken } from '../../messages/index.ts';
import { applyDeliveries } from '../apply-deliveries.ts';

/** Somebody opened a message or followed a link in it: a fact of the contact, once per occurrence. */
export async function recordVisit(
  { pool, inbox }: { pool: Pool; inbox: Pick<Inbox, 'append'> },
  {
    token,
    status,
    machine,
    now,
  }: {
    token: RecipientToken;
    status: 'opened' | 'clicked';
    machine: string | undefined;
    now: Date;
  },
): Promise<void> {
  const { workspaceId, contactId, sendId, deliveryId, url, links } = token;
  const item: DeliveryItem = {
    kind: 'delivery',
    ids: [['contact', String(contactId)]],
    at: now.getTime(),
    source: 'web',
    contactId,
    sendId,
    deliveryId,
    status,
    ...(url !== undefined && { url }),
    ...(machine !== undefined && { machine }),
    ...(links !== undefined && { links }),
  };
  if (contactId !== 0) return inbox.append({ workspaceId, lane: LANES.stream, items: [item] });
  // A test to nobody in particular: no slot owns it.
  await inTransaction(pool, (tx) =>
    applyDeliveries(tx, {
      entries: [{ contactId, receivedAt: now.getTime(), item }],
      slots: 1,
      now,
    }),
  );
}

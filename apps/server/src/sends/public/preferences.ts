import { findSubscribed, listCategories } from '../../categories/index.ts';
import { inTransaction, type Db, type Pool } from '../../db/index.ts';
import { appendWithin, LANES, type ConsentItem } from '../../inbox/index.ts';
import type { RecipientToken } from '../../messages/index.ts';
import { findDelivery } from './find-delivery.ts';
import type { OfferedCategory } from './pages.ts';

/** What the contact of a delivery may choose from, with what holds now. */
export async function readPreferences(
  db: Db,
  { token }: { token: RecipientToken },
): Promise<OfferedCategory[]> {
  const { workspaceId } = token;
  const delivery = await findDelivery(db, token);
  if (!delivery) return [];
  const { contact_id: contactId } = delivery;
  const categories = await listCategories(db, { workspaceId });
  const subscribed = await findSubscribed(db, { workspaceId, contactIds: [contactId] });
  const isIn = new Set(subscribed.get(contactId)?.map(({ key }) => key));
  return categories.map(({ key, name, description }) => ({
    key,
    name,
    description,
    subscribed: isIn.has(key),
  }));
}

/** The person is in to these categories and out of all others that they were offered. */
export async function savePreferences(
  pool: Pool,
  { token, keys, clock }: { token: RecipientToken; keys: readonly string[]; clock: () => Date },
): Promise<'saved' | 'test' | 'gone'> {
  const { workspaceId, sendId, deliveryId } = token;
  return inTransaction(
    pool,
    async (tx) => {
      const delivery = await findDelivery(tx, token);
      if (!delivery) return 'gone';
      if (delivery.test) return 'test';
      const offered = await listCategories(tx, { workspaceId });
      const item: ConsentItem = {
        kind: 'consent',
        ids: [['contact', String(delivery.contact_id)]],
        at: clock().getTime(),
        source: 'web',
        consent: {
          categories: Object.fromEntries(offered.map(({ key }) => [key, keys.includes(key)])),
        },
        send: { sendId, deliveryId },
      };
      await appendWithin(tx, { workspaceId, lane: LANES.interactive, items: [item], clock });
      return 'saved';
    },
    { retries: 5 },
  );
}

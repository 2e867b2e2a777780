import { findSubscribed, listCategories } from '../../categories/index.ts';
import { inTransaction, type Db, type Pool, type Tx } from '../../db/index.ts';
import { appendWithin, LANES, type ConsentItem } from '../../inbox/index.ts';
import type { RecipientToken } from '../../messages/index.ts';
import { liftSuppressions } from '../../suppressions/index.ts';
import { categoryWords } from './category-words.ts';
import { findDelivery, type AddressedDelivery } from './find-delivery.ts';
import { findOfferedChannels, type OfferedChannel } from './offered-channels.ts';
import type { Offer, OfferedCategory } from './pages.ts';
import { refuseAddress } from './unsubscribe.ts';

/** What the contact of a delivery may choose from, with what holds now. */
export async function readPreferences(
  db: Db,
  {
    token,
    languages,
    withChannels,
    now,
  }: {
    token: RecipientToken;
    /** In which the person reads, the best first. */
    languages: readonly string[];
    withChannels: boolean;
    now: Date;
  },
): Promise<Offer> {
  const { workspaceId } = token;
  const delivery = await findDelivery(db, token);
  if (!delivery) return { categories: [], channels: [] };
  const channels = withChannels
    ? await findOfferedChannels(db, { delivery, workspaceId, now })
    : [];
  return {
    categories: await readCategories(db, {
      workspaceId,
      contactId: delivery.contact_id,
      languages,
    }),
    // A single one is what the page is about anyway.
    channels: channels.length > 1 ? channels : [],
  };
}

async function readCategories(
  db: Db,
  {
    workspaceId,
    contactId,
    languages,
  }: { workspaceId: number; contactId: number; languages: readonly string[] },
): Promise<OfferedCategory[]> {
  const categories = await listCategories(db, { workspaceId });
  const subscribed = await findSubscribed(db, { workspaceId, contactIds: [contactId] });
  const isIn = new Set(subscribed.get(contactId)?.map(({ key }) => key));
  return categories.map((category) => ({
    key: category.key,
    ...categoryWords(category, languages),
    subscribed: isIn.has(category.key),
  }));
}

/** What a person sent from the page of preferences. */
export interface Choice {
  /** Keys of categories they are in to. */
  categories: readonly string[];
  /** Channels that the page offered, and those that they chose of them. */
  shown: readonly string[];
  channels: readonly string[];
}

interface Saving {
  token: RecipientToken;
  choice: Choice;
  /** The words that a yes to a channel is a yes to. */
  textOf: (channel: OfferedChannel['key']) => string;
  slots: number;
  clock: () => Date;
}

/** The person is in to these categories and channels and out of all others that they were offered. */
export async function savePreferences(
  pool: Pool,
  saving: Saving,
): Promise<'saved' | 'test' | 'gone'> {
  const { token, choice, clock } = saving;
  return inTransaction(
    pool,
    async (tx) => {
      const delivery = await findDelivery(tx, token);
      if (!delivery) return 'gone';
      if (delivery.test) return 'test';
      const now = clock();
      await saveCategories(tx, { token, delivery, keys: choice.categories, clock });
      await saveChannels(tx, { ...saving, delivery, now });
      return 'saved';
    },
    { retries: 5 },
  );
}

async function saveCategories(
  tx: Tx,
  {
    token: { workspaceId, sendId, deliveryId },
    delivery,
    keys,
    clock,
  }: {
    token: RecipientToken;
    delivery: AddressedDelivery;
    keys: readonly string[];
    clock: () => Date;
  },
): Promise<void> {
  const offered = await listCategories(tx, { workspaceId });
  if (offered.length === 0) return;
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
}

/** Only what changes is said: a channel that stays as it is keeps its date and its words. */
async function saveChannels(
  tx: Tx,
  {
    token,
    delivery,
    choice,
    textOf,
    slots,
    now,
  }: Saving & { delivery: AddressedDelivery; now: Date },
): Promise<void> {
  const { workspaceId, sendId, deliveryId } = token;
  const offered = await findOfferedChannels(tx, { delivery, workspaceId, now });
  for (const { key, state, addresses } of offered) {
    if (!choice.shown.includes(key)) continue;
    const isWanted = choice.channels.includes(key);
    if (isWanted && state === 'off') {
      await liftSuppressions(tx, {
        addresses: addresses.off.map((address) => ({ workspaceId, channel: key, address })),
        reasons: ['unsubscribed', 'complained'],
        source: 'web',
        said: { text: textOf(key), send: { sendId, deliveryId } },
        slots,
        now,
      });
    }
    if (isWanted) continue;
    for (const address of addresses.on) {
      await refuseAddress(tx, { token, delivery, channel: key, address, slots, now });
    }
  }
}

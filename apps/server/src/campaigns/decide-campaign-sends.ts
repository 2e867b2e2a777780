import type { Tx } from '../db/index.ts';
import type { SendItem, Stamped } from '../inbox/index.ts';
import { decideSends, findCampaignSends, type SendRequest } from '../sends/index.ts';
import { slotOf } from '../slots/index.ts';
import { readDeciding, type DecidingRow } from './driver-queries.ts';
import { addDecided } from './slice-queries.ts';

type Entry = Stamped & { item: SendItem };

/**
 * Decides about contacts of campaigns' audiences, under their slots. Each has one send in a campaign:
 * of two contacts that became one the second is refused. Of whom nothing is kept any more, nothing is
 * written but the count.
 */
export async function decideCampaignSends(
  tx: Tx,
  {
    entries,
    isKept,
    slots,
    now,
  }: {
    entries: readonly Entry[];
    isKept: (contactId: number) => boolean;
    slots: number;
    now: Date;
  },
): Promise<void> {
  const kept = entries.filter(({ contactId }) => isKept(contactId));
  const campaigns = await readDeciding(tx, { ids: kept.map(({ item }) => item.campaignId) });
  const taken = new Set(
    (
      await findCampaignSends(tx, {
        campaignIds: kept.map(({ item }) => item.campaignId),
        contactIds: kept.map(({ contactId }) => contactId),
      })
    ).map(keyOf),
  );
  const requests = kept.map((entry): SendRequest => {
    const { campaignId } = entry.item;
    const key = keyOf({ campaignId, contactId: entry.contactId });
    const refused = refusalOf(entry, {
      cancelled: campaigns.get(campaignId)?.state === 'cancelled',
      repeated: taken.has(key),
    });
    taken.add(key);
    const slot = slotOf(entry.contactId, slots);
    return requestOf(entry, { refused, slot, campaign: campaigns.get(campaignId) });
  });
  await decideSends(tx, { requests, now });
  await addDecided(tx, { counts: countsOf(entries, slots) });
}

function keyOf({ campaignId, contactId }: { campaignId: number; contactId: number }): string {
  return `${campaignId} ${contactId}`;
}

function refusalOf(
  { item }: Entry,
  { cancelled, repeated }: { cancelled: boolean; repeated: boolean },
): SendRequest['refused'] {
  if (repeated) return { gate: 'campaign', reason: 'merged' };
  if (cancelled) return { gate: 'campaign', reason: 'campaign cancelled' };
  if (item.holdOut) return { gate: 'campaign', reason: 'hold-out' };
  return undefined;
}

function requestOf(
  { workspaceId, contactId, item }: Entry,
  {
    refused,
    slot,
    campaign,
  }: { refused: SendRequest['refused']; slot: number; campaign: DecidingRow | undefined },
): SendRequest {
  const { campaignId, message, channel, dueAt, terms } = item;
  return {
    workspaceId,
    contactId,
    slot,
    messageId: message.id,
    messageVersion: message.version,
    channel,
    campaignId,
    transactional: false,
    test: false,
    ...(refused && { refused }),
    ...(terms && { terms }),
    context: campaign?.context ?? {},
    at: new Date(dueAt),
  };
}

function countsOf(
  entries: readonly Entry[],
  slots: number,
): { campaignId: number; slot: number; decided: number }[] {
  const counts = new Map<string, { campaignId: number; slot: number; decided: number }>();
  for (const { contactId, item } of entries) {
    const slot = slotOf(contactId, slots);
    const key = `${item.campaignId} ${slot}`;
    const count = counts.get(key) ?? { campaignId: item.campaignId, slot, decided: 0 };
    count.decided += 1;
    counts.set(key, count);
  }
  // In one order everywhere, so that two batches never wait for each other.
  return [...counts.values()].toSorted((a, b) => a.campaignId - b.campaignId || a.slot - b.slot);
}

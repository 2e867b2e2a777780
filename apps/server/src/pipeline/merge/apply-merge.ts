import { moveRows } from '../../contact-rows/index.ts';
import { joinContacts, joinCounts, saveJoined, type ContactPair } from '../../contacts/index.ts';
import { followMovedEvents } from '../../events/index.ts';
import type { MergeItem } from '../../inbox/index.ts';
import { keepMemberships } from '../../segments/index.ts';
import type { Tx } from '../../db/pool.ts';
import { contactTables } from '../contact-tables.ts';
import type { PendingFact } from '../apply/working-set.ts';
import type { JointParts } from './joint-parts.ts';
import { saveMerged } from './journal.ts';

/** A merge with both its contacts, of which none is in another. */
export type MergedPair = ContactPair & { item: MergeItem };

/** Rows move to the survivor and keep where they came from. */
export async function applyMerges(
  tx: Tx,
  { pairs, engine, slots, now }: JointParts & { pairs: MergedPair[] },
): Promise<PendingFact[]> {
  if (pairs.length === 0) return [];
  const ids = pairs.map(({ item: { keepId, dropId }, at }) => ({ keepId, dropId, at }));
  const cards = pairs.map((pair) => joinContacts(pair));
  await saveJoined(tx, { pairs });
  await joinCounts(tx, { pairs: ids });
  const runs = await engine.endDoubles(tx, { pairs: ids, now });
  const latest = Math.max(...pairs.map((pair) => pair.at));
  const contactIds = ids.flatMap(({ keepId, dropId }) => [keepId, dropId]);
  const rows = await keepMemberships(tx, { contactIds, slots, at: latest }, () =>
    moveRows(tx, contactTables, { pairs: ids, slots }),
  );
  await followMovedEvents(tx, { contactIds });
  const merges = pairs.map(({ item }, i) => ({
    item,
    journal: { cards: cards[i]!, rows: rows[i]!, runs: runs[i] ?? [] },
  }));
  await saveMerged(tx, { merges, now });
  return pairs.map(({ keep, drop, item, at }) => ({
    workspaceId: keep.workspaceId,
    contactId: keep.id,
    type: 'ContactMerged',
    occurredAt: at,
    receivedAt: at,
    source: item.source,
    params: { merged: String(drop.id), merge: String(item.mergeId) },
    flags: 0,
    depth: 0,
  }));
}

import { moveRows } from '../../contact-rows/index.ts';
import {
  joinContacts,
  loadContacts,
  putAddressesAway,
  saveJoined,
  type ContactPair,
} from '../../contacts/index.ts';
import type { MergeItem } from '../../inbox/index.ts';
import { keepMemberships } from '../../segments/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { BatchEngine } from '../apply/engine.ts';
import type { PendingFact } from '../apply/working-set.ts';
import { contactTables } from '../contact-tables.ts';
import type { MergeJournal } from './journal.ts';

type MergedPair = ContactPair & { merge: MergeItem };

export interface MergeParts {
  engine: BatchEngine;
  slots: number;
  now: Date;
  receivedAt: number;
}

/**
 * Makes merges whose contacts are both in locked slots: rows move to the survivor and keep where
 * they came from. A merge that was made before is passed over.
 */
export async function applyMerges(
  tx: Tx,
  { merges, ...parts }: MergeParts & { merges: MergeItem[] },
): Promise<PendingFact[]> {
  const facts: PendingFact[] = [];
  // One after the other where contacts repeat: a survivor of one may be dropped by the next.
  for (const wave of wavesOf(merges)) {
    const contacts = await loadContacts(tx, { ids: wave.flatMap((m) => [m.keepId, m.dropId]) });
    const pairs = wave.flatMap((merge): MergedPair[] => {
      const keep = contacts.get(merge.keepId);
      const drop = contacts.get(merge.dropId);
      if (!keep || drop?.mergedInto !== null) return [];
      return [{ keep, drop, at: parts.receivedAt, merge }];
    });
    if (pairs.length > 0) facts.push(...(await applyWave(tx, { pairs, ...parts })));
  }
  return facts;
}

async function applyWave(
  tx: Tx,
  { pairs, engine, slots, now, receivedAt }: MergeParts & { pairs: MergedPair[] },
): Promise<PendingFact[]> {
  const ids = pairs.map(({ merge: { keepId, dropId } }) => ({ keepId, dropId }));
  const cards = pairs.map((pair) => joinContacts(pair));
  await saveJoined(tx, { pairs });
  const runs = await engine.endDoubles(tx, { pairs: ids, now });
  const contactIds = ids.flatMap(({ keepId, dropId }) => [keepId, dropId]);
  const rows = await keepMemberships(tx, { contactIds, slots, at: receivedAt }, () =>
    moveRows(tx, contactTables, { pairs: ids, slots }),
  );
  await engine.stopMembers(tx, { contactIds: ids.map(({ keepId }) => keepId), now });
  const away = await putAddressesAway(tx, { contacts: pairs.map(({ keep }) => keep) });
  const journals = pairs.map(({ keep }, i): MergeJournal => ({
    cards: cards[i]!,
    rows: rows[i]!,
    addresses: away.get(keep.id) ?? [],
    runs: runs[i] ?? [],
  }));
  await tx.query(
    `update merges m set state = 'applied', applied_at = $4, journal = made.journal
       from unnest($1::bigint[], $2::bigint[], $3::jsonb[]) as made (keep_id, id, journal)
      where m.keep_id = made.keep_id and m.id = made.id`,
    [
      pairs.map(({ merge }) => merge.keepId),
      pairs.map(({ merge }) => merge.mergeId),
      journals.map((journal) => JSON.stringify(journal)),
      now,
    ],
  );
  return pairs.map(({ keep, drop, merge }) => ({
    workspaceId: keep.workspaceId,
    contactId: keep.id,
    type: 'ContactMerged',
    occurredAt: receivedAt,
    receivedAt,
    source: merge.source,
    params: { merged: String(drop.id) },
    flags: 0,
    depth: 0,
  }));
}

function wavesOf(merges: MergeItem[]): MergeItem[][] {
  const waves: { merges: MergeItem[]; contacts: Set<number> }[] = [];
  for (const merge of merges) {
    let wave = waves.at(-1);
    if (!wave || wave.contacts.has(merge.keepId) || wave.contacts.has(merge.dropId)) {
      waves.push((wave = { merges: [], contacts: new Set() }));
    }
    wave.merges.push(merge);
    wave.contacts.add(merge.keepId).add(merge.dropId);
  }
  return waves.map((wave) => wave.merges);
}

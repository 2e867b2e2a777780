import {
  joinContacts,
  loadContacts,
  moveContacts,
  type ContactPair,
} from '../../contacts/index.ts';
import { moveEvents } from '../../events/index.ts';
import type { MergeItem } from '../../inbox/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { BatchEngine } from './engine.ts';
import type { PendingFact } from './working-set.ts';

/**
 * Makes merges whose contacts are both in locked slots: rows move to the survivor and keep where
 * they came from. A merge that was made before is passed over.
 */
export async function applyMerges(
  tx: Tx,
  {
    merges,
    engine,
    now,
    receivedAt,
  }: { merges: MergeItem[]; engine: BatchEngine; now: Date; receivedAt: number },
): Promise<PendingFact[]> {
  const facts: PendingFact[] = [];
  // One after the other where contacts repeat: a survivor of one may be dropped by the next.
  for (const wave of wavesOf(merges)) {
    const contacts = await loadContacts(tx, { ids: wave.flatMap((m) => [m.keepId, m.dropId]) });
    const pairs: (ContactPair & { merge: MergeItem })[] = [];
    for (const merge of wave) {
      const keep = contacts.get(merge.keepId);
      const drop = contacts.get(merge.dropId);
      if (keep && drop && drop.mergedInto === null)
        pairs.push({ keep, drop, at: receivedAt, merge });
    }
    if (pairs.length > 0) facts.push(...(await applyWave(tx, { pairs, engine, now, receivedAt })));
  }
  return facts;
}

async function applyWave(
  tx: Tx,
  {
    pairs,
    engine,
    now,
    receivedAt,
  }: {
    pairs: (ContactPair & { merge: MergeItem })[];
    engine: BatchEngine;

    now: Date;
    receivedAt: number;
  },
): Promise<PendingFact[]> {
  const journals = pairs.map((pair) => joinContacts(pair));
  await moveContacts(tx, { pairs });
  const ids = pairs.map(({ keep, drop }) => ({
    keepId: keep.id,
    dropId: drop.id,
    workspaceId: keep.workspaceId,
  }));
  await moveEvents(tx, { pairs: ids });
  await engine.moveContacts(tx, { pairs: ids, now });
  await tx.query(
    `update merges m set state = 'applied', applied_at = $4, journal = made.journal
       from unnest($1::bigint[], $2::bigint[], $3::jsonb[]) as made (keep_id, drop_id, journal)
      where m.keep_id = made.keep_id and m.drop_id = made.drop_id and m.state = 'decided'`,
    [
      ids.map((id) => id.keepId),
      ids.map((id) => id.dropId),
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

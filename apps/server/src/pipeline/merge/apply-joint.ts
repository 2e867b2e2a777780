import { loadContacts } from '../../contacts/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { ArrivedJoint } from '../apply/plan-rounds.ts';
import type { PendingFact } from '../apply/working-set.ts';
import { applyMerges, type MergedPair } from './apply-merge.ts';
import { applyUnmerge } from './apply-unmerge.ts';
import type { JointParts } from './joint-parts.ts';

/**
 * Makes merges, and takes merges back, whose contacts are both in locked slots. What was made
 * before is passed over.
 */
export async function applyJoint(
  tx: Tx,
  { items, ...parts }: JointParts & { items: ArrivedJoint[] },
): Promise<PendingFact[]> {
  const facts: PendingFact[] = [];
  // One after the other where contacts repeat: a survivor of one may be dropped by the next.
  for (const wave of wavesOf(items)) {
    const ids = wave.flatMap(({ item }) => [item.keepId, item.dropId]);
    const contacts = await loadContacts(tx, { ids });
    const pairs: MergedPair[] = [];
    for (const { item, receivedAt } of wave) {
      const [keep, drop] = [contacts.get(item.keepId), contacts.get(item.dropId)];
      if (!keep || !drop) continue;
      if (item.kind === 'unmerge' && drop.mergedInto === keep.id)
        facts.push(...(await applyUnmerge(tx, { ...parts, item, keep, drop, receivedAt })));
      if (item.kind === 'merge' && drop.mergedInto === null)
        pairs.push({ keep, drop, at: receivedAt, item });
    }
    facts.push(...(await applyMerges(tx, { pairs, ...parts })));
  }
  return facts;
}

function wavesOf(items: ArrivedJoint[]): ArrivedJoint[][] {
  const waves: { items: ArrivedJoint[]; contacts: Set<number> }[] = [];
  for (const arrived of items) {
    const { item } = arrived;
    let wave = waves.at(-1);
    if (!wave || wave.contacts.has(item.keepId) || wave.contacts.has(item.dropId)) {
      waves.push((wave = { items: [], contacts: new Set() }));
    }
    wave.items.push(arrived);
    wave.contacts.add(item.keepId).add(item.dropId);
  }
  return waves.map((wave) => wave.items);
}

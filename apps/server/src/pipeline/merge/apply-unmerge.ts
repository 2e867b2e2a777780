import { returnRows } from '../../contact-rows/index.ts';
import { forgetCounts, partContacts, saveJoined, type ContactState } from '../../contacts/index.ts';
import { followMovedEvents } from '../../events/index.ts';
import type { UnmergeItem } from '../../inbox/index.ts';
import { keepMemberships } from '../../segments/index.ts';
import type { Tx } from '../../db/pool.ts';
import { contactTables } from '../contact-tables.ts';
import type { PendingFact } from '../apply/working-set.ts';
import type { JointParts } from './joint-parts.ts';
import { loadJournals, saveUnmerged } from './journal.ts';

interface Unmerge extends JointParts {
  item: UnmergeItem;
  keep: ContactState;
  drop: ContactState;
  receivedAt: number;
}

/** What came with the dropped contact goes back to it; what was written since stays. */
export async function applyUnmerge(tx: Tx, unmerge: Unmerge): Promise<PendingFact[]> {
  const { item, keep, drop, engine, slots, now, receivedAt } = unmerge;
  const { keepId, dropId, mergeId, sources } = item;
  const journals = await loadJournals(tx, { keepId, mergeIds: [mergeId, ...item.later] });
  const journal = journals.get(mergeId);
  // A merge is applied before its undoing, in both queues.
  if (!journal) throw new Error(`merge ${mergeId} has no journal`);
  const later = item.later.flatMap((id) => journals.get(id) ?? []);
  const contactIds = [keepId, dropId];
  const { cards } = journal;
  const { externalIds } = item;
  partContacts({
    keep,
    drop,
    cards,
    later: later.map((other) => other.cards),
    externalIds,
    at: receivedAt,
  });
  await saveJoined(tx, { pairs: [{ keep, drop }] });
  await forgetCounts(tx, { ids: contactIds });
  await keepMemberships(tx, { contactIds, slots, at: receivedAt }, () =>
    returnRows(tx, contactTables, {
      keepId,
      dropId,
      sources,
      conflicts: journal.rows,
      later: later.map(({ rows }) => rows),
      slots,
    }),
  );
  await followMovedEvents(tx, { contactIds });
  await engine.resumeRuns(tx, { runs: journal.runs, contactIds, now });
  await saveUnmerged(tx, { item, journals, now });
  return [keep, drop].map((contact, i) => ({
    workspaceId: contact.workspaceId,
    contactId: contact.id,
    type: 'ContactUnmerged',
    occurredAt: receivedAt,
    receivedAt,
    source: item.source,
    params: { from: String(i === 0 ? dropId : keepId), merge: String(mergeId) },
    flags: 0,
    depth: 0,
  }));
}

import type { Tx } from '../../db/pool.ts';
import type { ItemOutcome } from '../../inbox/index.ts';
import { applyMemberships, type ChangeOutcome } from '../../segments/index.ts';
import type { PendingFact, WorkingSet } from './working-set.ts';

/** Writes a round's changes of lists; answers the facts they make, tells those who wait. */
export async function writeMemberships(
  tx: Tx,
  { set, slots }: { set: WorkingSet; slots: number },
): Promise<PendingFact[]> {
  const { memberships: changes } = set;
  const { facts, outcomes } = await applyMemberships(tx, { changes, slots });
  outcomes.forEach((outcome, i) => {
    const { contactId, workspaceId, source, at, act } = changes[i]!;
    if (outcome !== 'no_such_list' || !('segmentId' in act)) return;
    const value = String(act.segmentId);
    const reason = 'there is no such list';
    set.conflicts.push({ contactId, workspaceId, field: 'lists', value, reason, source, at });
  });
  for (const { ticket, contactId, from, to } of set.membershipWaits) {
    set.outcomes.push({ ticket, outcome: outcomeOf(contactId, outcomes.slice(from, to)) });
  }
  return facts;
}

function outcomeOf(contactId: number, outcomes: ChangeOutcome[]): ItemOutcome {
  if (outcomes.includes('no_such_list')) {
    return { ok: false, code: 'list_not_found', message: 'There is no such list.' };
  }
  const changed = outcomes.filter((outcome) => outcome === 'done').length;
  return { ok: true, contactId, minted: false, changed };
}

import { insertFacts, nextEventIds, type EventTypeIds, type Fact } from '../../events/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { PendingFact } from './working-set.ts';

/** Gives facts their IDs and stores them; the order of `pending` is kept. */
export async function writeFacts(
  tx: Tx,
  { pending, types, now }: { pending: PendingFact[]; types: EventTypeIds; now: Date },
): Promise<Fact[]> {
  if (pending.length === 0) return [];
  const typeIds = await typeIdsOf(pending, types, now);
  const ids = await nextEventIds(tx, { n: pending.length });
  const facts = pending.map((fact, i) => ({
    ...fact,
    id: ids[i]!,
    typeId: typeIds.get(fact.workspaceId)!.get(fact.type)!,
  }));
  await insertFacts(tx, { facts });
  return facts;
}

export async function typeIdsOf(
  facts: Iterable<{ workspaceId: number; type: string }>,
  types: EventTypeIds,
  now: Date,
): Promise<Map<number, Map<string, number>>> {
  const keys = new Map<number, Set<string>>();
  for (const { workspaceId, type } of facts) {
    const set = keys.get(workspaceId);
    if (set) set.add(type);
    else keys.set(workspaceId, new Set([type]));
  }
  const ids = new Map<number, Map<string, number>>();
  for (const [workspaceId, set] of keys)
    ids.set(workspaceId, await types.idsOf(workspaceId, set, now));
  return ids;
}

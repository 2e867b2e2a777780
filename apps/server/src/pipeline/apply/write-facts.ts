import { touchContacts, type Touch } from '../../contacts/index.ts';
import {
  countFacts,
  insertFacts,
  kindOfFact,
  nextEventIds,
  type EventTypeIds,
  type Fact,
} from '../../events/index.ts';
import type { Tx } from '../../db/pool.ts';
import { noteFacts } from '../../webhooks/index.ts';
import type { PendingFact } from './working-set.ts';

interface ToStore {
  pending: PendingFact[];
  types: EventTypeIds;
  /** One that the transaction owns. */
  slot: number;
  now: Date;
}

/** Stores facts and tells their contacts. */
export async function writeFacts(tx: Tx, facts: ToStore): Promise<Fact[]> {
  await tellContacts(tx, { pending: facts.pending });
  return storeFacts(tx, facts);
}

/** Counts facts with their contacts; `seen` are contacts whose row is touched anyway. */
export async function tellContacts(
  tx: Tx,
  { pending, seen = new Map() }: { pending: PendingFact[]; seen?: Map<number, number> },
): Promise<void> {
  await touchContacts(tx, { touches: touchesOf(pending, seen) });
}

/** Gives facts their IDs, stores and counts them by type; the order of `pending` is kept. */
export async function storeFacts(tx: Tx, { pending, types, slot, now }: ToStore): Promise<Fact[]> {
  if (pending.length === 0) return [];
  const typeIds = await typeIdsOf(pending, types, now);
  const ids = await nextEventIds(tx, { n: pending.length });
  const facts = pending.map((fact, i) => ({
    ...fact,
    id: ids[i]!,
    typeId: typeIds.get(fact.workspaceId)!.get(fact.type)!,
  }));
  await insertFacts(tx, { facts });
  await countFacts(tx, { facts, slot });
  await noteFacts(tx, { facts, now });
  return facts;
}

const noFacts = {
  event: 0,
  order: 0,
  form: 0,
  subscription: 0,
  field: 0,
  profile: 0,
};

function touchesOf(pending: PendingFact[], seen: Map<number, number>): Touch[] {
  const touches = new Map<number, Touch>();
  const touchOf = (contactId: number): Touch => {
    let touch = touches.get(contactId);
    if (!touch) {
      const seenAt = seen.get(contactId) ?? null;
      touches.set(contactId, (touch = { contactId, seenAt, facts: { ...noFacts } }));
    }
    return touch;
  };
  for (const contactId of seen.keys()) touchOf(contactId);
  for (const { contactId, type } of pending) {
    const kind = contactId === 0 ? undefined : kindOfFact(type);
    if (kind && kind !== 'segment') touchOf(contactId).facts[kind] += 1;
  }
  return [...touches.values()];
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

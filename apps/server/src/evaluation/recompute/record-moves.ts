import { touchContacts } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import {
  countFacts,
  insertFacts,
  nextEventIds,
  registerEventTypes,
  type Fact,
} from '../../events/index.ts';

export interface Moves {
  workspaceId: number;
  segmentId: number;
  name: string;
  cause: string;
  entered: number[];
  left: number[];
  /** One that the transaction owns, with the contacts in it. */
  slot: number;
  now: Date;
}

/**
 * Entries and exits that a computation found, as facts of their contacts. Nothing starts by them:
 * no workflow listens here.
 */
export async function recordMoves(tx: Tx, moves: Moves): Promise<void> {
  const { workspaceId, slot, now } = moves;
  const facts = factsOf(moves);
  if (facts.length === 0) return;
  const counted = {
    event: 0,
    order: 0,
    form: 0,
    segment: 1,
    subscription: 0,
    field: 0,
    profile: 0,
  };
  await touchContacts(tx, {
    touches: facts.map(({ contactId }) => ({ contactId, seenAt: null, facts: counted })),
  });
  const types = await registerEventTypes(tx, { workspaceId, keys: typesIn(facts), now });
  const ids = await nextEventIds(tx, { n: facts.length });
  const idOf = new Map(types.map(({ key, id }) => [key, id]));
  const stored = facts.map((fact, i) => ({ ...fact, id: ids[i]!, typeId: idOf.get(fact.type)! }));
  await insertFacts(tx, { facts: stored });
  await countFacts(tx, { facts: stored, slot });
}

function factsOf({
  workspaceId,
  segmentId,
  name,
  cause,
  entered,
  left,
  now,
}: Moves): Omit<Fact, 'id' | 'typeId'>[] {
  const at = now.getTime();
  // Its key is the segment, so that a history of one segment can be asked for.
  const common = {
    workspaceId,
    occurredAt: at,
    receivedAt: at,
    source: 'system' as const,
    key: String(segmentId),
    params: { segment: String(segmentId), name, kind: 'dynamic', cause },
    flags: 0,
    depth: 0,
  };
  return [
    ...entered.map((contactId) => ({ ...common, contactId, type: 'SegmentEntered' })),
    ...left.map((contactId) => ({ ...common, contactId, type: 'SegmentLeft' })),
  ];
}

function typesIn(facts: readonly { type: string }[]): string[] {
  return [...new Set(facts.map(({ type }) => type))].toSorted();
}

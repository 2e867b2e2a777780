import type { Tx } from '../../db/index.ts';
import { countFacts, insertSameFact, registerEventTypes } from '../../events/index.ts';

export interface Moves {
  workspaceId: number;
  segmentId: number;
  name: string;
  cause: string;
  entered: number[];
  left: number[];
  /** Those that the transaction owns, with the contacts in them. */
  slots: number[];
  now: Date;
}

/**
 * Entries and exits that a computation found, as facts of their contacts. Nothing starts by them:
 * no workflow listens here.
 */
export async function recordMoves(tx: Tx, moves: Moves): Promise<void> {
  const { workspaceId, slots, now } = moves;
  const at = now.getTime();
  const told = [
    { type: 'SegmentEntered', contactIds: moves.entered },
    { type: 'SegmentLeft', contactIds: moves.left },
  ].filter(({ contactIds }) => contactIds.length > 0);
  if (told.length === 0) return;
  const types = await registerEventTypes(tx, {
    workspaceId,
    keys: told.map(({ type }) => type),
    now,
  });
  const idOf = new Map(types.map(({ key, id }) => [key, id]));
  for (const { type, contactIds } of told) {
    const fact = { ...commonOf(moves), typeId: idOf.get(type)!, occurredAt: at, receivedAt: at };
    await insertSameFact(tx, { fact, contactIds });
  }
  await countFacts(tx, {
    facts: told.map(({ type, contactIds }) => ({
      typeId: idOf.get(type)!,
      occurredAt: at,
      n: contactIds.length,
    })),
    slot: slots[0]!,
  });
}

/** Its key is the segment, so that a history of one segment can be asked for. */
function commonOf({ workspaceId, segmentId, name, cause }: Moves) {
  return {
    workspaceId,
    source: 'system' as const,
    key: String(segmentId),
    params: { segment: String(segmentId), name, kind: 'dynamic', cause },
    flags: 0,
  };
}

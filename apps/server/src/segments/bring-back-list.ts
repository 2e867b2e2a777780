import type { Db, Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { changeSegment } from './change-segment.ts';
import { nameKey } from './list-name.ts';
import { findByNames, findSegment } from './queries.ts';

interface Which {
  workspaceId: number;
  id: number;
}

/** Why a deleted list cannot be brought back; undefined: it can, or is there. */
export async function whyNotBack(db: Db, { workspaceId, id }: Which): Promise<string | undefined> {
  const list = await findSegment(db, { workspaceId, id });
  if (!list) return 'The list is not there any more.';
  const key = nameKey(list.name);
  const taken = (await findByNames(db, { workspaceId, nameKeys: [key] })).get(key);
  if (!taken || taken.id === id) return undefined;
  return `Another list is called "${list.name}" by now. Rename that one first.`;
}

/** Brings it back with its members; answers why not. */
export async function bringBackList(
  tx: Tx,
  { workspaceId, id, by }: Which & { by: Origin },
): Promise<string | undefined> {
  const why = await whyNotBack(tx, { workspaceId, id });
  if (why === undefined) await changeSegment(tx, { workspaceId, id, by, archived: false });
  return why;
}

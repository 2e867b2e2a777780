import type { Db } from '../../db/index.ts';
import { readTypeIds, type EventTypeIds } from '../../events/index.ts';

/** No event has this type. */
const NEVER_SEEN = 0;

/** Event types as they are: one that was never seen is not registered by being asked about. */
export async function knownTypes(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<EventTypeIds> {
  const known = await readTypeIds(db, { workspaceId });
  return {
    idsOf: (_workspaceId, keys) =>
      Promise.resolve(new Map([...keys].map((key) => [key, known.get(key) ?? NEVER_SEEN]))),
  };
}

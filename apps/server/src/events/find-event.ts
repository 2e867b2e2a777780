import { contactNow } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { decodeEventId } from './event-id.ts';
import { readFacts, type FactRow } from './read-facts.ts';

/** One event by the ID that the API shows, also when its contact was merged into another since. */
export async function findEvent(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: string },
): Promise<FactRow | undefined> {
  const key = decodeEventId(id);
  if (!key) return undefined;
  const [found] = await readFacts(db, { workspaceId, keys: [key] });
  if (found) return found;
  const contactId = await contactNow(db, { workspaceId, id: key.contactId });
  if (contactId === key.contactId) return undefined;
  const [moved] = await readFacts(db, { workspaceId, keys: [{ ...key, contactId }] });
  return moved;
}

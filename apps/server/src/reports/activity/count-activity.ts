import type { ActivityCounts } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import { kindOfFact } from './kind-of-fact.ts';
import { countFacts, countSends, readTypeKeys } from './queries.ts';

/** How much there is of each kind in a contact's activity; the contact is of the workspace. */
export async function countActivity(
  db: Db,
  { workspaceId, contactId }: { workspaceId: number; contactId: number },
): Promise<ActivityCounts> {
  const facts = await countFacts(db, { contactId });
  const keys = await readTypeKeys(db, { workspaceId, ids: facts.map((row) => row.type_id) });
  const counts = {
    event: 0,
    order: 0,
    form: 0,
    segment: 0,
    field: 0,
    send: await countSends(db, { contactId }),
  };
  for (const { type_id: id, n } of facts) {
    const kind = kindOfFact(keys.get(id) ?? '');
    if (kind) counts[kind] += n;
  }
  return counts;
}

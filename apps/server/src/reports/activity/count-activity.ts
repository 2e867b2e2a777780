import type { ActivityCounts } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import { kindOfFact, listTypeIds, typesOfContact } from '../../events/index.ts';
import { MOVES } from '../../segments/index.ts';
import { countFacts, countSends, readCounts, readTypeKeys } from './queries.ts';

/** Counted of each type of which no counts are kept, or none are known, and of sends. */
const MOST_OF_TYPE = 10_000;
const MOST_SENDS = 100_000;

/** How much there is of each kind in a contact's activity; the contact is of the workspace. */
export async function countActivity(
  db: Db,
  { workspaceId, contactId }: { workspaceId: number; contactId: number },
): Promise<ActivityCounts> {
  const send = await countSends(db, { contactId, most: MOST_SENDS });
  const kept = await readCounts(db, { contactId });
  const facts = kept
    ? { ...kept, ...(await countMoves(db, { workspaceId, contactId })) }
    : await countNow(db, { workspaceId, contactId });
  return { ...facts, send, exact: facts.exact && send < MOST_SENDS };
}

type FactCounts = Omit<ActivityCounts, 'send'>;

/** Entries and exits, of which no count is kept. */
async function countMoves(
  db: Db,
  { workspaceId, contactId }: { workspaceId: number; contactId: number },
): Promise<Pick<FactCounts, 'segment' | 'exact'>> {
  const typeIds = await listTypeIds(db, { workspaceId, keys: MOVES });
  const counts = await countFacts(db, { contactId, typeIds, most: MOST_OF_TYPE });
  return {
    segment: counts.reduce((sum, { n }) => sum + n, 0),
    exact: counts.every(({ n }) => n < MOST_OF_TYPE),
  };
}

/** Of contacts whose facts were not counted as they came: as far as it costs little. */
async function countNow(
  db: Db,
  { workspaceId, contactId }: { workspaceId: number; contactId: number },
): Promise<FactCounts> {
  const typeIds = await typesOfContact(db, { contactId });
  const keys = await readTypeKeys(db, { workspaceId, ids: typeIds });
  const counts: FactCounts = {
    event: 0,
    order: 0,
    form: 0,
    segment: 0,
    subscription: 0,
    field: 0,
    profile: 0,
    exact: true,
  };
  for (const { type_id: id, n } of await countFacts(db, {
    contactId,
    typeIds,
    most: MOST_OF_TYPE,
  })) {
    const kind = kindOfFact(keys.get(id) ?? '');
    if (kind) counts[kind] += n;
    if (n >= MOST_OF_TYPE) counts.exact = false;
  }
  return counts;
}

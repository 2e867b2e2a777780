import { writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool } from '../../db/index.ts';
import { notFound, type Origin } from '../../http/index.ts';
import { appendWithin, LANES, type EraseItem } from '../../inbox/index.ts';
import { findOpenErasure, findPerson, insertErasure, type ErasureRow } from './queries.ts';

export interface ErasureRequest {
  workspaceId: number;
  contactId: number;
  by: Origin;
  clock: () => Date;
}

/**
 * Asks for a person to be erased: behind everything that arrived before, so that nothing under way
 * brings them back. Asking twice changes nothing.
 */
export async function requestErasure(
  pool: Pool,
  { workspaceId, contactId, by, clock }: ErasureRequest,
): Promise<ErasureRow> {
  const id = await findPerson(pool, { workspaceId, id: contactId });
  if (id === undefined) throw notFound('contact');
  const open = await findOpenErasure(pool, { workspaceId, contactId: id });
  if (open) return open;
  return inTransaction(pool, async (tx) => {
    const requestedBy = by.actor.name;
    const erasure = await insertErasure(tx, {
      workspaceId,
      contactId: id,
      requestedBy,
      now: by.at,
    });
    await writeAudit(tx, {
      by,
      action: 'contact.erase',
      object: { kind: 'contact', id },
      after: { erasure: String(erasure.id) },
    });
    const item: EraseItem = {
      kind: 'erase',
      ids: [['contact', String(id)]],
      at: by.at.getTime(),
      source: 'manual',
      erasureId: erasure.id,
    };
    await appendWithin(tx, { workspaceId, lane: LANES.stream, items: [item], clock });
    return erasure;
  });
}

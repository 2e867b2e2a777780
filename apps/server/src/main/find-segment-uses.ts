import { findCampaignUses } from '../campaigns/index.ts';
import type { Db } from '../db/index.ts';
import type { FindSegmentUses } from '../segments/index.ts';
import { findSegmentUses as findWorkflowUses } from '../workflows/index.ts';

/** What would miss segments, of the rooms to the right of segments. */
export const findSegmentUses: FindSegmentUses = async (db: Db, which) => {
  const found = [await findWorkflowUses(db, which), await findCampaignUses(db, which)];
  return new Map(
    which.segmentIds.map((id) => [id, found.flatMap((uses) => [...(uses.get(id) ?? [])])]),
  );
};

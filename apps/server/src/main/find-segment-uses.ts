import { findCampaignUses } from '../campaigns/index.ts';
import type { Db } from '../db/index.ts';
import { findSegmentUses as findWorkflowUses } from '../workflows/index.ts';

/** What would miss a segment, of the rooms to the right of segments. */
export async function findSegmentUses(db: Db, which: { workspaceId: number; segmentId: number }) {
  return [...(await findWorkflowUses(db, which)), ...(await findCampaignUses(db, which))];
}

import { findMessageUses as findCampaignUses } from '../campaigns/index.ts';
import type { AroundMessages } from '../messages/index.ts';
import { countSent, findLastSent } from '../sends/index.ts';
import { findMessageUses as findWorkflowUses } from '../workflows/index.ts';

/** What the rooms to the right of messages know of them. */
export const aroundMessages: AroundMessages = {
  findMessageUses: async (db, which) => {
    const workflows = await findWorkflowUses(db, which);
    const campaigns = await findCampaignUses(db, which);
    const ids = new Set([...workflows.keys(), ...campaigns.keys()]);
    return new Map(
      [...ids].map((id) => [id, [...(workflows.get(id) ?? []), ...(campaigns.get(id) ?? [])]]),
    );
  },
  findLastSent,
  countSent,
};

import type { Campaign, CampaignChange } from '@perennial/contracts';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { useChange } from '../../app/data.ts';

const SAVE_AFTER_MS = 400;

export interface Draft {
  value: Campaign;
  /** Shows at once, and is saved a moment later with what else changes meanwhile. */
  change: (change: CampaignChange) => void;
  problem: ApiProblem | null;
  saving: boolean;
}

/** A draft as it is edited here; saved by itself. */
export function useDraft(campaign: Campaign): Draft {
  const [changes, setChanges] = useState<CampaignChange>({});
  const save = useChange<CampaignChange, Campaign>(
    (api, change) => api.patch(`/campaigns/${campaign.id}`, change),
    ['/campaigns', '/tags'],
  );
  const saveSoon = useDebouncedCallback((change: CampaignChange) => {
    save.mutate(change);
  }, SAVE_AFTER_MS);
  return {
    // What stands here was typed last, whatever an older answer says.
    value: { ...campaign, ...(changes as Partial<Campaign>) },
    change(change) {
      const next = { ...changes, ...change };
      setChanges(next);
      saveSoon(next);
    },
    problem: save.error,
    saving: save.isPending,
  };
}

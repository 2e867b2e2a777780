import { CAMPAIGN_STATES, type CampaignState } from '@perennial/contracts';
import type { Tone } from '@perennial/ui';

export const campaignTones: Record<CampaignState, Tone> = {
  draft: 'neutral',
  scheduled: 'info',
  running: 'success',
  paused: 'warning',
  finished: 'accent',
  cancelled: 'danger',
};

export const campaignStates: readonly CampaignState[] = CAMPAIGN_STATES;

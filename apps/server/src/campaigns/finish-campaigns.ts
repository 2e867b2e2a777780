import { inTransaction, type Pool } from '../db/index.ts';
import { hasOpenSends } from '../sends/index.ts';
import { listRunning } from './driver-queries.ts';
import { findCampaign, setState, type CampaignRow } from './queries.ts';
import { readAudienceState } from './slice-queries.ts';

/** Between two looks at what has not left, at least, and as a multiple of what one takes. */
const LOOK_EVERY_MS = 1_000;
const LOOKS_COST = 20;

export interface Finisher {
  /** Ends the campaigns of which everybody was decided about and everything has left. */
  finish(): Promise<void>;
}

export function createFinisher({ pool, clock }: { pool: Pool; clock: () => Date }): Finisher {
  /** When each campaign is looked at again: the look at a great one is not free. */
  const notBefore = new Map<number, number>();

  async function finishOne({ id, workspace_id: workspaceId }: CampaignRow): Promise<void> {
    const { audience, decided } = await readAudienceState(pool, { campaignId: id });
    if (decided < audience) return;
    const began = performance.now();
    if (await hasOpenSends(pool, { campaignId: id })) {
      const took = performance.now() - began;
      notBefore.set(id, performance.now() + Math.max(LOOK_EVERY_MS, took * LOOKS_COST));
      return;
    }
    notBefore.delete(id);
    await inTransaction(pool, async (tx) => {
      const current = await findCampaign(tx, { workspaceId, id, lock: true });
      if (current?.state !== 'running') return;
      await setState(tx, { id, state: 'finished', endedAt: clock(), now: clock() });
    });
  }

  return {
    async finish() {
      for (const campaign of await listRunning(pool)) {
        if (campaign.read_at === null || (notBefore.get(campaign.id) ?? 0) > performance.now())
          continue;
        await finishOne(campaign);
      }
    },
  };
}

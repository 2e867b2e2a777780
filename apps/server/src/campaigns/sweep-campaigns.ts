import { inTransaction, type Pool } from '../db/index.ts';
import { cancelOfCampaign, releaseOfCampaign, SENDS_CHANNEL } from '../sends/index.ts';
import { lockSlots } from '../slots/index.ts';
import { setSweep, takeSweep } from './driver-queries.ts';

/**
 * Lets the planned deliveries of one slot follow what was decided of a campaign: after a cancellation
 * they end, after a pause they are due again. False when nothing has to.
 */
export async function sweepCampaign({
  pool,
  slots,
  clock,
}: {
  pool: Pool;
  slots: number;
  clock: () => Date;
}): Promise<boolean> {
  return inTransaction(
    pool,
    async (tx) => {
      const campaign = await takeSweep(tx);
      if (!campaign) return false;
      const { id, sweep: slot, state } = campaign;
      await lockSlots(tx, { slots: [slot!] });
      const of = { campaignId: id, slot: slot!, now: clock() };
      if (state === 'cancelled')
        await cancelOfCampaign(tx, { ...of, reason: 'campaign cancelled' });
      if (state === 'running') await releaseOfCampaign(tx, of);
      // They may rest for seconds.
      if (state === 'running') await tx.query(`notify ${SENDS_CHANNEL}`);
      const next = slot! + 1 < slots ? slot! + 1 : null;
      await setSweep(tx, { id, sweep: next });
      return true;
    },
    { retries: 5 },
  );
}

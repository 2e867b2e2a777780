import type { Tx } from '../db/index.ts';
import { refreshSends } from './refresh-sends.ts';

/**
 * Cancels what a campaign planned for contacts of one slot, which the transaction holds, and no sender
 * has taken yet; answers how many deliveries.
 */
export async function cancelOfCampaign(
  tx: Tx,
  {
    campaignId,
    slot,
    reason,
    now,
  }: { campaignId: number; slot: number; reason: string; now: Date },
): Promise<number> {
  const { rows } = await tx.query<Cancelled>({
    name: 'cancel_deliveries_of_campaign',
    // Plan: sends_of_campaign, then deliveries_pkey.
    text: `update deliveries d
              set state = 'cancelled', status = 'cancelled', status_at = $4, reason = $3, due_at = null
             from sends s
            where s.campaign_id = $1 and s.status = 'queued'
              and d.contact_id = s.contact_id and d.send_id = s.id and d.slot = $2 and d.state = 'planned'
            returning d.contact_id, d.send_id`,
    values: [campaignId, slot, reason, now],
  });
  await refuseHeldOfCampaign(tx, { campaignId, slot, reason });
  return refresh(tx, rows);
}

/** What of a campaign waits for its hours or for a place ends too. Plan: sends_of_campaign. */
async function refuseHeldOfCampaign(
  tx: Tx,
  { campaignId, slot, reason }: { campaignId: number; slot: number; reason: string },
): Promise<void> {
  await tx.query({
    name: 'refuse_held_sends_of_campaign',
    text: `update sends
              set decision = 'refused', reason = $3, reasons = reasons || $4::jsonb, hold_until = null,
                  counts_at = null
            where campaign_id = $1 and slot = $2 and decision = 'held'`,
    values: [campaignId, slot, reason, stepOf('campaign', reason)],
  });
}

function stepOf(gate: string, reason: string): string {
  return JSON.stringify([{ gate, passed: false, details: { reason } }]);
}

interface Cancelled {
  contact_id: number;
  send_id: number;
}

async function refresh(tx: Tx, rows: readonly Cancelled[]): Promise<number> {
  await refreshSends(tx, {
    contactIds: [...new Set(rows.map((row) => row.contact_id))],
    sendIds: [...new Set(rows.map((row) => row.send_id))],
  });
  return rows.length;
}

/**
 * Cancels what these runs planned and no sender has taken yet, under the contacts' slots; answers
 * how many deliveries. A send of which nothing leaves becomes refused, with the reason, and so does
 * one that waits.
 */
export async function cancelDeliveries(
  tx: Tx,
  {
    runs,
    reason,
    now,
  }: { runs: readonly { contactId: number; runId: number }[]; reason: string; now: Date },
): Promise<number> {
  if (runs.length === 0) return 0;
  const { rows } = await tx.query<Cancelled>({
    name: 'cancel_deliveries_of_runs',
    // Plan: sends_pkey by contact, then deliveries_pkey. A sender that took one meanwhile wins.
    text: `update deliveries d
              set state = 'cancelled', status = 'cancelled', status_at = $4, reason = $3, due_at = null
             from sends s
            where s.contact_id = any($1::bigint[]) and s.run_id = any($2::bigint[])
              and d.contact_id = s.contact_id and d.send_id = s.id and d.state = 'planned'
            returning d.contact_id, d.send_id`,
    values: [runs.map(({ contactId }) => contactId), runs.map(({ runId }) => runId), reason, now],
  });
  await refuseHeldOfRuns(tx, { runs, reason });
  return refresh(tx, rows);
}

/** Nobody comes back to what these runs waited for. Plan: sends_pkey by contact. */
export async function refuseHeldOfRuns(
  tx: Tx,
  { runs, reason }: { runs: readonly { contactId: number; runId: number }[]; reason: string },
): Promise<void> {
  if (runs.length === 0) return;
  await tx.query({
    name: 'refuse_held_sends_of_runs',
    text: `update sends
              set decision = 'refused', reason = $3, reasons = reasons || $4::jsonb, hold_until = null,
                  counts_at = null
            where contact_id = any($1::bigint[]) and run_id = any($2::bigint[]) and decision = 'held'`,
    values: [
      runs.map(({ contactId }) => contactId),
      runs.map(({ runId }) => runId),
      reason,
      stepOf('run', reason),
    ],
  });
}

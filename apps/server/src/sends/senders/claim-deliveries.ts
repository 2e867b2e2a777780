import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { checkAtClaim } from './check-at-claim.ts';
import { delayPlanned } from './delay-planned.ts';
import { reportStatuses, type StatusReport } from './report-statuses.ts';
import { stopPlanned, takeDeliveries, type Stop, type WorkRow } from './work-queries.ts';

export interface ClaimOptions {
  pool: Pool;
  processId: number;
  slots: number;
  now: Date;
}

/**
 * Takes deliveries for a provider outside, all that may still leave; the others end here. Answers
 * what was got: another sender may have been faster, or a stop.
 */
export async function claimDeliveries(
  { pool, processId, slots, now }: ClaimOptions,
  { rows, providerId }: { rows: readonly WorkRow[]; providerId: number },
): Promise<WorkRow[]> {
  const act = async (tx: Tx): Promise<WorkRow[]> => {
    const { go, stops, delays } = await checkAtClaim(tx, { rows, now });
    const providerIds = go.map(() => providerId);
    const taken = await takeDeliveries(tx, { rows: go, processId, providerIds, now });
    await endPlanned(tx, { stops, slots, now });
    await delayPlanned(tx, { delays });
    return go.filter(({ id }) => taken.has(id));
  };
  return inTransaction(pool, act, { retries: 5 });
}

/** Ends planned deliveries and tells their contacts' slots. */
export async function endPlanned(
  tx: Tx,
  { stops, slots, now }: { stops: readonly Stop[]; slots: number; now: Date },
): Promise<void> {
  const stopped = await stopPlanned(tx, { stops, now });
  const reports = stops
    .filter(({ row }) => stopped.has(row.id))
    .map(({ row, status, reason }): StatusReport => ({
      workspaceId: row.workspace_id,
      contactId: row.contact_id,
      sendId: row.send_id,
      deliveryId: row.id,
      status,
      reason,
    }));
  await reportStatuses(tx, { reports, slots, now });
}

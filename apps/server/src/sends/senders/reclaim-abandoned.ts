import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { reportStatuses, type StatusReport } from './report-statuses.ts';
import { settlementOf } from './settlement-of.ts';
import { findAbandoned, settleDeliveries, type AbandonedRow } from './work-queries.ts';

/**
 * A process that did not beat for so long is dead: nobody knows what became of the deliveries it
 * had taken. Longer than a flow keeps a claim (`FRESH_MS`), so that a process that was only slow
 * does not send what was given to another.
 */
export const DEAD_AFTER_MS = 10_000;
const BATCH = 1_000;

/**
 * Declares what dead processes had taken uncertain: marketing stays so, transactional messages go
 * again with the same Message-ID. Answers how many there were.
 */
export async function reclaimAbandoned(
  pool: Pool,
  { slots, now, random }: { slots: number; now: Date; random: () => number },
): Promise<number> {
  const deadBefore = new Date(now.getTime() - DEAD_AFTER_MS);
  const rows = await findAbandoned(pool, { deadBefore, limit: BATCH });
  const byProcess = Map.groupBy(rows, (row) => row.claimed_by);
  for (const [processId, abandoned] of byProcess) {
    await inTransaction(
      pool,
      (tx) => declareUncertain(tx, { processId, rows: abandoned, slots, now, random }),
      { retries: 5 },
    );
  }
  return rows.length;
}

async function declareUncertain(
  tx: Tx,
  {
    processId,
    rows,
    slots,
    now,
    random,
  }: {
    processId: number;
    rows: AbandonedRow[];
    slots: number;
    now: Date;
    random: () => number;
  },
): Promise<void> {
  const settlements = rows.map((row) => {
    // The try that was cut off is counted already.
    const delivery = { ...row, channel: '', created_at: now, attempts: row.attempts - 1 };
    const reason = 'the program ended while sending';
    return settlementOf(delivery, { kind: 'uncertain', reason }, { now, random: random() });
  });
  // By compare-and-set on the dead process's claim: two that look at once settle it once.
  const contacts = await settleDeliveries(tx, { settlements, processId, now });
  const reports = rows.flatMap((row, i): StatusReport[] => {
    const { status, reason } = settlements[i]!;
    const contactId = contacts.get(row.id);
    if (contactId === undefined || status !== 'uncertain') return [];
    const { workspace_id: workspaceId, send_id: sendId, id: deliveryId } = row;
    return [{ workspaceId, contactId, sendId, deliveryId, status, reason }];
  });
  await reportStatuses(tx, { reports, slots, now });
}

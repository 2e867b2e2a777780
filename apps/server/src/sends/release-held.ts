import type { Tx } from '../db/index.ts';
import { decideSends } from './decide-sends.ts';
import type { SendRequest } from './decision.ts';
import { findDueHeld, type HeldRow } from './held-queries.ts';

/**
 * Decides again about sends of these slots whose wait is over. Those of runs are not among them: the
 * run comes back to its block. Answers how many there were.
 */
export async function releaseHeld(
  tx: Tx,
  {
    slots,
    marks,
    oldestQueued,
    now,
    limit,
  }: {
    slots: readonly number[];
    /** By workspace, the instant up to which all that arrived is in the slots' queues. */
    marks: ReadonlyMap<number, number>;
    oldestQueued?: ReadonlyMap<number, number> | undefined;
    now: Date;
    limit: number;
  },
): Promise<number> {
  const until = Math.min(now.getTime(), Math.max(...marks.values()));
  if (slots.length === 0 || !Number.isFinite(until)) return 0;
  const rows = await findDueHeld(tx, {
    slots: [...slots],
    until: new Date(until),
    marks: JSON.stringify(Object.fromEntries(marks)),
    queued: JSON.stringify(Object.fromEntries(oldestQueued ?? [])),
    limit,
  });
  await decideSends(tx, { requests: rows.map(requestOf), now });
  return rows.length;
}

function requestOf(row: HeldRow): SendRequest {
  return {
    heldSendId: row.id,
    workspaceId: row.workspace_id,
    contactId: row.contact_id,
    slot: row.slot,
    messageId: row.message_id,
    channel: row.channel,
    transactional: row.transactional,
    test: row.test,
    context: row.context ?? {},
    at: row.hold_until,
    ...(row.workflow_id !== null && { workflowId: row.workflow_id }),
    ...(row.block !== null && { block: row.block }),
    // A campaign sends the version that it began with.
    ...(row.campaign_id !== null && {
      campaignId: row.campaign_id,
      messageVersion: row.message_version,
    }),
    ...(row.language !== null && { language: row.language }),
    ...(row.terms && { terms: row.terms }),
  };
}

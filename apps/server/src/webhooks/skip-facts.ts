import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { findAttempt, noteSkip } from './attempt-queries.ts';
import { deleteWaiting } from './outbox-queries.ts';
import { findWebhook, resetFailures } from './queries.ts';

/**
 * Gives up facts that a receiver does not take, so that what waits behind them is told. A turn that
 * goes on just now may still tell them: it is at least once that facts come, not at most.
 */
export async function skipFacts(
  tx: Tx,
  {
    workspaceId,
    webhookId,
    attemptId,
    by,
    reason,
    first,
  }: {
    workspaceId: number;
    webhookId: number;
    attemptId: number;
    by: Origin;
    reason: string;
    /** How many of the request's facts, in their order; undefined: all. */
    first: number | undefined;
  },
): Promise<void> {
  const webhook = await findWebhook(tx, { workspaceId, id: webhookId, lock: true });
  const attempt = webhook && (await findAttempt(tx, { workspaceId, webhookId, id: attemptId }));
  if (!attempt) throw notFound('webhook');
  if (attempt.test) throw new Problem('conflict', { detail: 'A test tells nothing.' });
  const ids = attempt.waiting.map(({ outboxId }) => outboxId).slice(0, first);
  const facts = attempt.delivered ? 0 : await deleteWaiting(tx, { webhookId, ids });
  if (facts === 0) {
    throw new Problem('conflict', {
      detail: 'Nothing of this request waits any more: it was told or given up meanwhile.',
    });
  }
  await noteSkip(tx, {
    id: attemptId,
    skipped: { at: by.at.toISOString(), by: by.actor.name, reason, facts },
  });
  await resetFailures(tx, { id: webhookId });
  await writeAudit(tx, {
    by,
    action: 'webhook.skip',
    object: { kind: 'webhook', id: webhookId },
    after: { name: webhook.name, facts, reason, first_fact: String(ids[0]) },
  });
}

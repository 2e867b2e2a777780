import { startLine, type Line } from '../jobs/index.ts';
import { deliverTurn, type DeliverParts } from './deliver-turn.ts';
import { findDueWebhooks, nextDueAt } from './outbox-queries.ts';

/** Webhooks that are told at once: one that answers slowly does not keep the others waiting. */
const AT_ONCE = 8;
/** For what was left without anybody having rung. */
const LOOK_EVERY_MS = 30_000;

/** One turn of every webhook that is due; false when none was. For the program's line, and for tests. */
export async function deliverDue(parts: DeliverParts): Promise<boolean> {
  const due = await findDueWebhooks(parts.pool, { now: parts.clock(), limit: AT_ONCE });
  const worked = await Promise.all(due.map((id) => deliverTurn(parts, id)));
  return worked.some(Boolean);
}

/** Tells webhooks of facts until it is stopped. */
export function driveWebhooks(parts: DeliverParts & { onError: (cause: unknown) => void }): Line {
  return startLine({
    turn: () => deliverDue(parts),
    async untilNext() {
      const now = parts.clock();
      const next = await nextDueAt(parts.pool, { now });
      const ms = next ? next.getTime() - now.getTime() : LOOK_EVERY_MS;
      return Math.min(LOOK_EVERY_MS, Math.max(0, ms));
    },
    onError: parts.onError,
  });
}

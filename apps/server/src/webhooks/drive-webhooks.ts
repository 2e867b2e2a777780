import { startLine, type Line } from '../jobs/index.ts';
import { deliverTurn, type DeliverParts } from './deliver-turn.ts';
import { findDueWebhooks, nextDueAt } from './outbox-queries.ts';

/** Webhooks that one process tells at once. */
const AT_ONCE = 8;
/** For what was left without anybody having rung. */
const LOOK_EVERY_MS = 30_000;

/** One turn of every webhook that is due; false when none was. */
export async function deliverDue(parts: DeliverParts): Promise<boolean> {
  const due = await findDueWebhooks(parts.pool, { now: parts.clock(), limit: AT_ONCE });
  const worked = await Promise.all(due.map((id) => deliverTurn(parts, id)));
  return worked.some(Boolean);
}

/**
 * Tells webhooks of facts until it is stopped. Each has its turns for itself: one that answers slowly
 * keeps nobody else waiting.
 */
export function driveWebhooks(parts: DeliverParts & { onError: (cause: unknown) => void }): Line {
  const { pool, clock, onError } = parts;
  const running = new Map<number, Promise<void>>();

  async function start(id: number): Promise<void> {
    try {
      await deliverTurn(parts, id);
    } catch (cause) {
      onError(cause);
    } finally {
      running.delete(id);
      line.ring();
    }
  }

  const line = startLine({
    async turn() {
      const limit = AT_ONCE - running.size;
      if (limit <= 0) return false;
      const due = await findDueWebhooks(pool, { now: clock(), limit: AT_ONCE });
      const idle = due.filter((id) => !running.has(id)).slice(0, limit);
      for (const id of idle) running.set(id, start(id));
      return false;
    },
    async untilNext() {
      const now = clock();
      const next = await nextDueAt(pool, { now });
      const ms = next ? next.getTime() - now.getTime() : LOOK_EVERY_MS;
      return Math.min(LOOK_EVERY_MS, Math.max(0, ms));
    },
    onError,
  });
  return {
    ring: () => line.ring(),
    async stop() {
      await line.stop();
      await Promise.all(running.values());
    },
  };
}

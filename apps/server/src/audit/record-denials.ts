import type { Pool } from '../db/index.ts';
import type { Denial } from '../http/index.ts';
import { writeAudit } from './write-audit.ts';

const oncePerMs = 60_000;
const rememberedAtMost = 10_000;

/**
 * Records refused attempts by known callers, one a minute for each caller and route: whoever
 * repeats an attempt a thousand times must not fill the table. `onError` learns of failed writes;
 * the refusal itself was answered already.
 */
export function createDenialLog(
  pool: Pool,
  { onError }: { onError: (error: unknown) => void },
): (denial: Denial) => void {
  const lastByAttempt = new Map<string, number>();
  return (denial) => {
    const { origin, method, route, right, reason } = denial;
    const attempt = [origin.actor.kind, origin.actor.id, origin.workspaceId, method, route].join(
      ' ',
    );
    const at = origin.at.getTime();
    if (at - (lastByAttempt.get(attempt) ?? -Infinity) < oncePerMs) return;
    if (lastByAttempt.size >= rememberedAtMost) lastByAttempt.clear();
    lastByAttempt.set(attempt, at);
    writeAudit(pool, {
      by: origin,
      action: 'access.deny',
      object: { kind: 'route', id: `${method} ${route}` },
      after: { reason, right },
    }).catch(onError);
  };
}

import { startLine, type Line } from '../jobs/index.ts';
import { askWaitingStart, type AskParts } from './ask-waiting-start.ts';
import { nextWaitingStart } from './waiting-start-queries.ts';

/** How many events are asked about at once: the sets that they ask for take the machine's cores. */
const AT_ONCE = 2;
/** Another line may have what is due: it rings. */
const SOON_MS = 1_000;
/** For what waits without anybody having rung, as after a start of the program. */
const LOOK_EVERY_MS = 30_000;

/** Finds out whom waiting events start, as they come, until it is stopped. */
export function startWaitingStarts({
  onError,
  ...parts
}: AskParts & { onError: (cause: unknown) => void }): Line {
  const lines = Array.from({ length: AT_ONCE }, () =>
    startLine({
      turn: () => askWaitingStart(parts),
      untilNext: () => untilNext(parts),
      onError,
    }),
  );
  return {
    ring: () => lines.forEach((line) => line.ring()),
    async stop() {
      await Promise.all(lines.map((line) => line.stop()));
    },
  };
}

/** Until one that was put off is due. One that somebody else has may be due already: it rings. */
async function untilNext({ pool, clock }: AskParts): Promise<number> {
  const next = await nextWaitingStart(pool);
  const ms = next ? next.getTime() - clock().getTime() : LOOK_EVERY_MS;
  return Math.min(LOOK_EVERY_MS, Math.max(SOON_MS, ms));
}

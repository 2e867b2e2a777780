import { askWaitingStart, type AskParts } from './ask-waiting-start.ts';
import { nextWaitingStart } from './waiting-start-queries.ts';

export interface WaitingStarts {
  /** Something may wait. */
  ring(): void;
  /** Resolves when what is in hand is committed. */
  stop(): Promise<void>;
}

/** How many events are asked about at once: the sets that they ask for take the machine's cores. */
const AT_ONCE = 2;
const AFTER_ERROR_MS = 1_000;
/** For what waits without anybody having rung, as after a start of the program. */
const LOOK_EVERY_MS = 30_000;

/** Finds out whom waiting events start, as they come, until it is stopped. */
export function startWaitingStarts({
  onError,
  ...parts
}: AskParts & { onError: (cause: unknown) => void }): WaitingStarts {
  let stopping = false;
  const lines = Array.from({ length: AT_ONCE }, () => createLine());

  function createLine() {
    let rung = true;
    let wake: (() => void) | undefined;
    const sleep = (ms: number): Promise<void> =>
      new Promise((resolve) => {
        if (rung || stopping) return resolve();
        const timer = setTimeout(done, ms);
        wake = done;
        function done(): void {
          clearTimeout(timer);
          wake = undefined;
          resolve();
        }
      });
    async function run(): Promise<void> {
      while (!stopping) {
        try {
          rung = false;
          if (await askWaitingStart(parts)) {
            rung = true;
            continue;
          }
          await sleep(await untilNext(parts));
        } catch (cause) {
          if (stopping) return;
          onError(cause);
          await sleep(AFTER_ERROR_MS);
        }
      }
    }
    const running = run();
    return {
      running,
      ring() {
        rung = true;
        wake?.();
      },
    };
  }

  const ring = (): void => lines.forEach((line) => line.ring());
  return {
    ring,
    async stop() {
      stopping = true;
      ring();
      await Promise.all(lines.map(({ running }) => running));
    },
  };
}

/** Until one that was put off is due. One that somebody else has may be due already: it rings. */
async function untilNext({ pool, clock }: AskParts): Promise<number> {
  const next = await nextWaitingStart(pool);
  const ms = next ? next.getTime() - clock().getTime() : LOOK_EVERY_MS;
  return Math.min(LOOK_EVERY_MS, Math.max(AFTER_ERROR_MS, ms));
}

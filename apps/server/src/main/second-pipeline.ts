import type { Work } from './thread-data.ts';

/** A pipeline that works this share of its time will soon not be enough. */
const FULL_SHARE = 0.8;
/** Two that work less than this could be one. */
const SPARE_SHARE = 0.3;
const SPARE_FOR_MS = 60_000;

export interface SecondPipeline extends Work {
  /** Which share of its time one of the pipelines worked. */
  hear(share: number): void;
}

/**
 * Starts another pipeline while the first is full, and ends it when both have had little to do for
 * a while: a thread costs memory, and a quiet installation needs one.
 */
export function createSecondPipeline({
  start,
  spareForMs = SPARE_FOR_MS,
}: {
  start: () => Promise<Work>;
  spareForMs?: number;
}): SecondPipeline {
  let running: Promise<Work | undefined> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function end(): Promise<void> {
    clearTimeout(timer);
    const ending = running;
    await (await ending)?.stop();
    if (running === ending) running = undefined;
  }

  return {
    hear(share) {
      if (stopped || share < (running ? SPARE_SHARE : FULL_SHARE)) return;
      // A thread that does not start ends the program, which is told by the thread itself.
      running ??= start().catch(() => undefined);
      clearTimeout(timer);
      timer = setTimeout(() => void end(), spareForMs);
    },
    async stop() {
      stopped = true;
      await end();
    },
  };
}

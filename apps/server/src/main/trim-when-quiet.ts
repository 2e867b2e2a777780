import { flushCompileCache } from 'node:module';
import { setFlagsFromString, getHeapStatistics } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 15_000;
/** A thread that worked less than this share of its time since the last look is quiet. */
const QUIET_SHARE = 0.05;
/** Collecting for less is not worth its milliseconds. */
const GROWTH_BYTES = 12 * 1024 * 1024;

/**
 * Gives back what starting, or a load that is over, left behind in this thread's heap. The engine
 * collects when it needs room, so a thread that has gone quiet would keep its garbage for hours.
 */
export function trimWhenQuiet(): void {
  let trimmedTo = 0;
  let lastLook = performance.eventLoopUtilization();
  setInterval(() => {
    const thisLook = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(thisLook, lastLook);
    lastLook = thisLook;
    if (utilization > QUIET_SHARE || heapBytes() < trimmedTo + GROWTH_BYTES) return;
    // The next start, and the next thread, find the modules of this one compiled.
    flushCompileCache();
    collectGarbage();
    trimmedTo = heapBytes();
  }, LOOK_EVERY_MS).unref();
}

function heapBytes(): number {
  return getHeapStatistics().total_physical_size;
}

function collectGarbage(): void {
  // Node.js offers no other way to ask for it while running.
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

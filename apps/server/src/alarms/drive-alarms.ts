import { startLine, type Line } from '../jobs/index.ts';
import { watchAlarms, type WatchParts } from './watch-alarms.ts';

const LOOK_EVERY_MS = 60_000;

/** Watches alarms every minute, until it is stopped. */
export function driveAlarms({
  onError,
  ...parts
}: WatchParts & { onError: (cause: unknown) => void }): Line {
  return startLine({
    async turn() {
      await watchAlarms(parts);
      return false;
    },
    untilNext: () => Promise.resolve(LOOK_EVERY_MS),
    onError,
  });
}

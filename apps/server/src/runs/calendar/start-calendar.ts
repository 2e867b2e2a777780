import { startLine, type Line } from '../../jobs/index.ts';
import { fireRegular, type FireParts } from './fire-regular.ts';
import { planDates } from './plan-dates.ts';
import { nextRegularStart } from './regular-queries.ts';

/** Another process may have what is due. */
const SOON_MS = 1_000;
/** For what was activated without anybody having rung. */
const LOOK_EVERY_MS = 60_000;

/** Starts by the calendar, until it is stopped: regular times, and the dates of those who have one already. */
export function startCalendar({
  onError,
  ...parts
}: FireParts & { onError: (cause: unknown) => void }): Line {
  return startLine({
    turn: async () => (await fireRegular(parts)) || planDates(parts),
    untilNext: () => untilNext(parts),
    onError,
  });
}

async function untilNext({ pool, clock }: FireParts): Promise<number> {
  const next = await nextRegularStart(pool);
  const ms = next ? next.getTime() - clock().getTime() : LOOK_EVERY_MS;
  return Math.min(LOOK_EVERY_MS, Math.max(SOON_MS, ms));
}

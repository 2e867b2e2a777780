/** Longest time without a look. */
const LOOK_EVERY_MS = 1000;
/** And where nothing has happened for a while: those who bring work ring, and what time does is known. */
const QUIET_LOOK_EVERY_MS = 3000;
const QUIET_AFTER_MS = 30_000;

/**
 * How long a worker with nothing to do may sleep, in milliseconds, if it looked last for what was due
 * by `lookedAt`, and worked last at `workedAt`. What it found is remembered and only earlier instants
 * are asked for: a million that fall due at one instant are read once, and not at every nap of the
 * second before it.
 */
export function createNaps({
  nextWake,
  clock,
}: {
  /** The first instant in a range at which something is due, in epoch ms. */
  nextWake: (range: { after: Date; before: Date }) => Promise<number | undefined>;
  clock: () => Date;
}): (at: { lookedAt: Date; workedAt: Date }) => Promise<number> {
  let foundAt = Infinity;
  return async ({ lookedAt, workedAt }) => {
    const after = lookedAt.getTime();
    const now = clock().getTime();
    const isQuiet = now - workedAt.getTime() > QUIET_AFTER_MS;
    const longest = isQuiet ? QUIET_LOOK_EVERY_MS : LOOK_EVERY_MS;
    if (foundAt <= after) foundAt = Infinity;
    const before = Math.min(now + longest, foundAt - 1);
    const earlier =
      before > after ? await nextWake({ after: lookedAt, before: new Date(before) }) : undefined;
    foundAt = earlier ?? foundAt;
    return Math.max(1, Math.min(longest, foundAt - now));
  };
}

/** Longest time without a look. */
const LOOK_EVERY_MS = 1000;

/**
 * How long a worker with nothing to do may sleep, in milliseconds, if it looked last for what was due
 * by `lookedAt`. What it found is remembered and
 * only earlier instants are asked for: a million that fall due at one instant are read once, and not
 * at every nap of the second before it.
 */
export function createNaps({
  nextWake,
  clock,
}: {
  /** The first instant in a range at which something is due, in epoch ms. */
  nextWake: (range: { after: Date; before: Date }) => Promise<number | undefined>;
  clock: () => Date;
}): (lookedAt: Date) => Promise<number> {
  let foundAt = Infinity;
  return async (lookedAt) => {
    const after = lookedAt.getTime();
    const now = clock().getTime();
    if (foundAt <= after) foundAt = Infinity;
    const before = Math.min(now + LOOK_EVERY_MS, foundAt - 1);
    const earlier =
      before > after ? await nextWake({ after: lookedAt, before: new Date(before) }) : undefined;
    foundAt = earlier ?? foundAt;
    return Math.max(1, Math.min(LOOK_EVERY_MS, foundAt - now));
  };
}

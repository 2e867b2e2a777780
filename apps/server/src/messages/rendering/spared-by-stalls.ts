/** As often as a machine that stands still again and again may interrupt one text. */
const MOST_TRIES = 4;

/**
 * Does again what ran out of time though this thread hardly worked meanwhile: then the machine stood
 * still (a virtual one is paused, a container has used up its share), and no text is to blame for it.
 */
export function sparedByStalls<T>(
  act: () => T,
  { limitMs, ranOut }: { limitMs: number; ranOut: (error: unknown) => boolean },
): T {
  for (let tries = 1; ; tries += 1) {
    const before = process.threadCpuUsage();
    try {
      return act();
    } catch (error) {
      const { user, system } = process.threadCpuUsage(before);
      const worked = (user + system) / 1_000 > limitMs / 2;
      if (worked || tries === MOST_TRIES || !ranOut(error)) throw error;
    }
  }
}

/** Lets few acts run at once; the others wait for their turn, first come, first served. */
export interface Turns {
  /** Runs the act when its turn comes. Who gives up before that leaves the queue and throws. */
  take<T>(act: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Turns for at most so many acts at once. */
export function createTurns(atOnce: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function begin(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (running < atOnce) {
      running += 1;
      return;
    }
    // Whoever ends hands its turn over, so that `running` stays as it is.
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal?.reason as Error);
      };
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(go);
    });
  }

  function end(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async take(act, signal) {
      await begin(signal);
      try {
        return await act();
      } finally {
        end();
      }
    },
  };
}

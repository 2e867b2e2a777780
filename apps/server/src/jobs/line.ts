/** Work that is done turn by turn, one after another, for as long as there is some. */
export interface Line {
  /** Something may wait. */
  ring(): void;
  /** Resolves when what is in hand is committed. */
  stop(): Promise<void>;
}

export interface LineOptions {
  /** Does some of the work; false when there was none. */
  turn: () => Promise<boolean>;
  /** Milliseconds until there may be work without anybody having rung. */
  untilNext: () => Promise<number>;
  onError: (cause: unknown) => void;
}

const AFTER_ERROR_MS = 1_000;

/** Takes turns until it is stopped; sleeps while there is nothing to do. */
export function startLine({ turn, untilNext, onError }: LineOptions): Line {
  let stopping = false;
  let rung = true;
  let wake: (() => void) | undefined;

  function ring(): void {
    rung = true;
    wake?.();
  }

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
        if (await turn()) {
          rung = true;
          continue;
        }
        await sleep(await untilNext());
      } catch (cause) {
        if (stopping) return;
        onError(cause);
        await sleep(AFTER_ERROR_MS);
      }
    }
  }

  const running = run();
  return {
    ring,
    async stop() {
      stopping = true;
      ring();
      await running;
    },
  };
}

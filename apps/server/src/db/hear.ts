import { setTimeout as pause } from 'node:timers/promises';
import { connect, type Client } from './pool.ts';

/** What is called when a channel is notified; after a break, without a payload: something may have been. */
export type Bells = Record<string, (payload?: string) => void>;

export interface Hearing {
  end(): Promise<void>;
}

const AGAIN_AFTER_MS = 1_000;

/**
 * Calls whoever waits for a channel when it is notified, on one connection for all of them. One that
 * breaks is opened again, and everybody is called then. Poolers drop `listen`, so whoever is called
 * looks by itself too.
 */
export async function hear(
  { url, name, onError }: { url: string; name: string; onError: (cause: unknown) => void },
  bells: Bells,
): Promise<Hearing> {
  const ending = new AbortController();
  let listener: Client;

  async function listen(): Promise<void> {
    const opened = await connect({ url, name });
    opened.on('notification', ({ channel, payload }) => bells[channel]?.(payload));
    opened.on('error', onError);
    listener = opened;
    await opened.query(
      Object.keys(bells)
        .map((channel) => `listen ${channel}`)
        .join('; '),
    );
    opened.once('end', () => void listenAgain());
  }

  async function listenAgain(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await pause(AGAIN_AFTER_MS, undefined, { signal: ending.signal });
        await listen();
        if (ending.signal.aborted) return await listener.end();
        for (const ring of Object.values(bells)) ring();
        return;
      } catch (cause) {
        if (!ending.signal.aborted) onError(cause);
      }
    }
  }

  await listen();
  return {
    async end() {
      ending.abort();
      await listener.end();
    },
  };
}

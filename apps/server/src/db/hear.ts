import { setTimeout as pause } from 'node:timers/promises';
import { connect, type Client } from './pool.ts';

/** What is called when a channel is notified; after a break, without a payload: something may have been. */
export type Bells = Record<string, (payload?: string) => void>;

export interface Hearing {
  end(): Promise<void>;
}

/** Until a connection that broke is opened again. */
const AGAIN_AFTER_MS = 1_000;

/**
 * Calls whoever waits for a channel when it is notified, on one connection for all of them. One that
 * breaks is opened again, and everybody is called then. Poolers drop `listen`, so whoever is called
 * looks by itself too.
 */
export async function hear(
  {
    url,
    name,
    onError,
    againAfterMs = AGAIN_AFTER_MS,
  }: { url: string; name: string; onError: (cause: unknown) => void; againAfterMs?: number },
  bells: Bells,
): Promise<Hearing> {
  const ending = new AbortController();
  let listener: Client | undefined;
  let reopening: Promise<void> | undefined;

  async function listen(): Promise<void> {
    const opened = await connect({ url, name });
    opened.on('notification', ({ channel, payload }) => bells[channel]?.(payload));
    opened.on('error', onError);
    try {
      await opened.query(
        Object.keys(bells)
          .map((channel) => `listen ${channel}`)
          .join('; '),
      );
    } catch (cause) {
      await opened.end();
      throw cause;
    }
    listener = opened;
    opened.once('end', () => {
      listener = undefined;
      if (!ending.signal.aborted) reopening = listenAgain();
    });
  }

  async function listenAgain(): Promise<void> {
    while (!listener && !ending.signal.aborted) {
      try {
        await pause(againAfterMs, undefined, { signal: ending.signal });
        await listen();
      } catch (cause) {
        if (!ending.signal.aborted) onError(cause);
      }
    }
    if (ending.signal.aborted) return;
    for (const ring of Object.values(bells)) ring();
  }

  await listen();
  return {
    async end() {
      ending.abort();
      await reopening;
      await listener?.end();
    },
  };
}

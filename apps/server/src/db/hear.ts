import { connect, type Client } from './pool.ts';

/**
 * Calls whoever waits for a channel when it is notified, on one connection for all of them. Poolers
 * drop `listen`, so whoever is called looks by itself too.
 */
export async function hear(
  { url, name, onError }: { url: string; name: string; onError: (cause: unknown) => void },
  bells: Record<string, (payload: string | undefined) => void>,
): Promise<Client> {
  const listener = await connect({ url, name });
  listener.on('notification', ({ channel, payload }) => bells[channel]?.(payload));
  listener.on('error', onError);
  await listener.query(
    Object.keys(bells)
      .map((channel) => `listen ${channel}`)
      .join('; '),
  );
  return listener;
}

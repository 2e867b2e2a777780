import { Analytics } from '@segment/analytics-node';
import { messageIdOf } from '../history/to-item.ts';
import type { Call } from '../people/deeds.ts';

/** Sends calls as any app would: with Segment's own client, over HTTP. */
export interface Tracker {
  send(call: Call): void;
  /** Sends what is left, and gives up on it after half a second. */
  close(): Promise<void>;
}

const CLOSE_MS = 500;

export function createTracker({
  baseUrl,
  writeKey,
  onError,
}: {
  baseUrl: string;
  writeKey: string;
  onError: (cause: unknown) => void;
}): Tracker {
  const analytics = new Analytics({
    writeKey,
    host: baseUrl,
    flushAt: 10,
    flushInterval: 500,
    maxRetries: 2,
    httpRequestTimeout: 5000,
  });
  analytics.on('error', onError);
  return {
    send(call) {
      const { userId, anonymousId, at } = call;
      const who =
        userId === undefined
          ? { anonymousId: anonymousId ?? '' }
          : { userId, ...(anonymousId !== undefined && { anonymousId }) };
      const base = {
        ...who,
        context: call.context,
        timestamp: new Date(at),
        messageId: messageIdOf(call),
      };
      if (call.type === 'track') {
        analytics.track({ ...base, event: call.event, properties: call.properties });
      } else {
        analytics.identify({ ...base, traits: call.traits });
      }
    },
    close: () => analytics.closeAndFlush({ timeout: CLOSE_MS }),
  };
}

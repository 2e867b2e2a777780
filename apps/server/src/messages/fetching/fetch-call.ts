import type { FetchedFile } from '../attachments/inspect-file.ts';

/** What a message asks of somebody else's server while it is written. */
export interface FetchCall {
  url: string;
  /** `file`: its bytes, to be attached. */
  format: 'json' | 'text' | 'file';
  /** How old an answer may be, in seconds. */
  cacheSeconds: number;
  timeoutMs: number;
  /** As the message has them, in lower case. */
  headers?: Record<string, string>;
  /** The name of a secret of the workspace that goes with it. */
  secret?: string;
}

/** What came of it. */
export type FetchAnswer =
  | { ok: true; body: string; file?: FetchedFile }
  | {
      ok: false;
      /** In words for whoever wrote the message. */
      reason: string;
      /** Asking again would not help. */
      final?: boolean;
    };

export const FETCH_LIMITS = {
  /** Different calls of one message to one contact. */
  perMessage: 3,
  bytes: 1_000_000,
  urlLength: 2_048,
  headers: 10,
  headerLength: 1_000,
  timeoutSeconds: 5,
  /** An answer is kept for a minute at least, so that a message that waited for it finds it. */
  leastCacheSeconds: 60,
  mostCacheSeconds: 86_400,
} as const;

export const FETCH_DEFAULTS = { timeoutSeconds: 3, cacheSeconds: 300 } as const;

/** Under which answers are found; how old they may be is each call's own affair. */
export function callKey({
  url,
  format,
  headers = {},
  secret,
}: Pick<FetchCall, 'url' | 'format' | 'headers' | 'secret'>): string {
  const sent = Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const more =
    secret === undefined && sent.length === 0 ? '' : ` ${JSON.stringify([secret, sent])}`;
  return `${format} ${url}${more}`;
}

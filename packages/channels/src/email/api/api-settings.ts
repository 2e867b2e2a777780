import { z } from 'zod';

/** Settings that every provider of e-mail with an HTTP API has. */
export function apiSettings({ ratePerSecond }: { ratePerSecond?: number } = {}) {
  const rate = z.number().positive().max(100_000);
  return {
    /** Sender of messages that name none: an address, or `Name <address>`. */
    from: z.string().trim().min(3).max(500),
    reply_to: z.string().trim().max(500).optional(),
    rate_per_second: ratePerSecond === undefined ? rate.optional() : rate.default(ratePerSecond),
    max_connections: z.int().min(1).max(100).default(10),
    timeout_ms: z.int().min(100).max(300_000).default(30_000),
    /** Instead of the vendor's usual address; at the vendor, or where the operator allows it. */
    base_url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
  };
}

/** A key is one word; what is pasted brings spaces and line ends along. */
export const apiKey: z.ZodString = z.string().trim().min(1).max(500).regex(/^\S+$/);

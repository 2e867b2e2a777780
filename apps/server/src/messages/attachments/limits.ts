/**
 * Files of one message. Base64 makes them a third longer, and 10 MB is what the strictest provider takes
 * of a whole message: whoever has to take over must be able to.
 */
export const ATTACHMENT_LIMITS = {
  files: 10,
  bytes: 7_000_000,
  timeoutMs: 10_000,
  /** How old a file may be. */
  cacheSeconds: 300,
} as const;

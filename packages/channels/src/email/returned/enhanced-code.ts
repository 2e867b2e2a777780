/**
 * The enhanced code (RFC 3463) in a server's words: behind a number (`550 5.1.1`, `550-5.1.1`,
 * `550 #5.1.1`), or alone at the beginning. Elsewhere it may be a version or an address.
 */
export function enhancedCodeIn(text: string): string | undefined {
  return /(?:^|\b[45]\d{2}[ -]+#?|^\[?#)([245]\.\d{1,3}\.\d{1,3})\b/.exec(text.trim())?.[1];
}

/** The number of a reply (RFC 5321 §4.2) in a server's words. */
export function replyCodeIn(text: string): number | undefined {
  const code = /(?:^|[\s:(])([45]\d{2})(?=[ -]|$)/.exec(text)?.[1];
  return code === undefined ? undefined : Number(code);
}

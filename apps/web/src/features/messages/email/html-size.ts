/** Gmail cuts off what is longer, and with it the link to unsubscribe. */
export const GMAIL_CUTS_AT = 102 * 1024;

export function bytesOf(html: unknown): number | null {
  return typeof html === 'string' ? new TextEncoder().encode(html).length : null;
}

/** Links are replaced by longer ones when the message is sent, so it is near a little earlier. */
export function sizeLevel(bytes: number): 'fine' | 'near' | 'over' {
  if (bytes > GMAIL_CUTS_AT) return 'over';
  return bytes > GMAIL_CUTS_AT * 0.9 ? 'near' : 'fine';
}

/** What a request tells about who makes it. */
export interface Visit {
  method: string;
  userAgent: string | undefined;
  /** `Sec-Purpose`, `Purpose`, `X-Purpose`: why a browser asks. */
  purposes: readonly (string | undefined)[];
  /** On this channel apps ask with HEAD when their user taps. */
  headIsClick: boolean;
}

/** Programs that say what they are: checks of links, previews in chats, search engines. */
const DECLARED =
  /bot\b|crawl|spider|slurp|preview|scanner|barracuda|proofpoint|mimecast|messagelabs|trendmicro|facebookexternalhit|whatsapp|skypeuripreview|linkcheck/i;

/**
 * Why a visit is thought to be a machine's, or undefined for a person's. Only what is declared or
 * certain: a person counted as a machine is worse than the reverse.
 */
export function machineReason({
  method,
  userAgent,
  purposes,
  headIsClick,
}: Visit): string | undefined {
  if (method === 'HEAD' && !headIsClick) return 'head';
  if (purposes.some((purpose) => purpose && /prefetch|prerender|preview/i.test(purpose))) {
    return 'prefetch';
  }
  // Apple's Mail Privacy Protection fetches every picture under this name alone.
  if (userAgent === 'Mozilla/5.0') return 'mail privacy proxy';
  return userAgent && DECLARED.test(userAgent) ? 'declared' : undefined;
}

import type { Network } from '../networks/parse-networks.ts';

/** What a request tells about who makes it. */
export interface Visit {
  status: 'opened' | 'clicked';
  method: string;
  userAgent: string | undefined;
  /** `Sec-Purpose`, `Purpose`, `X-Purpose`: why a browser asks. */
  purposes: readonly (string | undefined)[];
  /** On this channel apps ask with HEAD when their user taps. */
  headIsClick: boolean;
  /** Where the request comes from, as far as it is known. */
  network: Network | undefined;
}

/** Programs that say what they are: checks of links, previews in chats, search engines. */
const DECLARED =
  /bot\b|crawl|spider|slurp|preview|scanner|barracuda|proofpoint|mimecast|messagelabs|trendmicro|facebookexternalhit|whatsapp|skypeuripreview|linkcheck/i;
/** Libraries by which programs follow links; apps fetch pictures and tell of taps by them, too. */
const LIBRARY =
  /^(?:curl|wget|python|go-http-client|java|okhttp|axios|node|undici|libwww-perl|ruby|php|guzzle|aiohttp|apache-httpclient|ahc)\b/i;

/** Gmail and Yahoo fetch a picture when its reader opens the message, from where they are. */
const FETCHED_FOR_READER = /GoogleImageProxy|YahooMailProxy/;
/** Under this name Gmail fetches pictures of mail that arrives while the mailbox is open, read or not. */
const GMAIL_AHEAD = /Chrome\/42\.0\.2311\.135 Safari\/537\.36 Edge\/12\.246 Mozilla\/5\.0$/;
/** Apple's Mail Privacy Protection fetches every picture under this name alone. */
const APPLE_AHEAD = 'Mozilla/5.0';

/**
 * Why a visit is thought to be a machine's, or undefined for a person's. Only what is declared or
 * certain: a person counted as a machine is worse than the reverse.
 */
export function machineReason(visit: Visit): string | undefined {
  const { status, method, userAgent = '', purposes, headIsClick } = visit;
  if (method === 'HEAD' && !headIsClick) return 'head';
  if (purposes.some((purpose) => purpose && /prefetch|prerender|preview/i.test(purpose))) {
    return 'prefetch';
  }
  if (userAgent === APPLE_AHEAD) return 'mail privacy proxy';
  if (GMAIL_AHEAD.test(userAgent)) return 'prefetch';
  if (status === 'opened' && FETCHED_FOR_READER.test(userAgent)) return undefined;
  const isFollowed = status === 'clicked' && !headIsClick;
  if (DECLARED.test(userAgent) || (isFollowed && LIBRARY.test(userAgent))) return 'declared';
  return ofNetwork(visit);
}

/** Mail programs in the browser fetch pictures for their readers from data centres; nobody reads there. */
function ofNetwork({ status, network }: Visit): string | undefined {
  if (network?.kind === 'mail scanner') return 'mail scanner';
  return network?.kind === 'data centre' && status === 'clicked' ? 'data centre' : undefined;
}

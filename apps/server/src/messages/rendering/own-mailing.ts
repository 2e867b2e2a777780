import { domainToASCII } from 'node:url';
import type { DkimKey } from '@perennial/channels/providers';

/** What a workspace's own domains and senders say about messages from them. */
export interface OwnMailing {
  domains: readonly OwnDomain[];
  /** Of messages that name no sender: `Name <address>`. */
  from?: string;
  /** Where answers go, by address in lower case, to messages that do not say it themselves. */
  replyTo: Record<string, string>;
}

export interface OwnDomain {
  /** As DNS knows it. */
  domain: string;
  dkim?: DkimKey;
  bounceAddress?: string;
}

/** The domain of an address, else the nearest one above it: DMARC takes its signature, too. */
export function ownDomainOf(
  own: OwnMailing | undefined,
  { address }: { address: string },
): OwnDomain | undefined {
  if (!own || own.domains.length === 0) return undefined;
  const text = address.slice(address.lastIndexOf('@') + 1);
  const domain = (domainToASCII(text) || text).toLowerCase();
  let best: OwnDomain | undefined;
  for (const each of own.domains) {
    const isAbove = domain === each.domain || domain.endsWith(`.${each.domain}`);
    if (isAbove && each.domain.length > (best?.domain.length ?? 0)) best = each;
  }
  return best;
}

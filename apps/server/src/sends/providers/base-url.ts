import type { ProviderKind } from '@perennial/channels';
import type { Egress } from '../../egress/index.ts';
import type { JsonObject } from '../../inbox/index.ts';

/**
 * What is wrong with the address that a provider's API is called at. Credentials go there, so it is
 * the vendor's, over TLS; the operator may open others, for a proxy or for tests.
 */
export function problemOfBaseUrl(
  { hosts, label }: Pick<ProviderKind, 'hosts' | 'label'>,
  { settings, egress }: { settings: JsonObject; egress: Pick<Egress, 'names'> },
): string | undefined {
  const { base_url: text } = settings;
  if (typeof text !== 'string' || !hosts) return undefined;
  const url = URL.parse(text);
  if (!url) return 'Is not a URL.';
  if (url.username || url.password || url.search || url.hash) {
    return 'Give the address alone, without a user, a query or a fragment.';
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (egress.names(host)) return undefined;
  if (!hosts.some((domain) => host === domain || host.endsWith(`.${domain}`))) {
    return `Is not an address of ${label} (${hosts.join(', ')}). The operator can allow an IP address in PERENNIAL_ALLOW_EGRESS.`;
  }
  return url.protocol === 'https:' ? undefined : 'Starts with https://.';
}

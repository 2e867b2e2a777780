import { findProviderKind, type VendorDns } from '@perennial/channels';
import type { Db } from '../../db/index.ts';
import { listProviders, type ProviderRow } from '../providers/provider-queries.ts';
import { domainOfAddress } from './dns/domain-names.ts';
import { relayOf, type SpfSuggestion } from './known-relays.ts';

/** Who carries a workspace's e-mail, as far as DNS has to know. */
export interface Carriers {
  /** Vendors sign with keys of their own; we do for SMTP servers, and where nobody carries yet. */
  carriedBy: 'us' | 'vendor';
  vendors: string[];
  /** Where SMTP providers have returned mail sent, if they say so. */
  returnDomain: string | undefined;
  /** What the SMTP servers' operators ask for in SPF. */
  suggestions: SpfSuggestion[];
  /** SMTP providers that put an envelope with an SPF of its own around messages. */
  ownReturnPaths: string[];
  /** Somebody sends whose SPF is the domain's to say. */
  needsSpf: boolean;
  /** What the vendors ask for in the DNS of a domain. */
  vendorDns: (domain: string) => ({ vendor: string } & VendorDns)[];
}

export async function findCarriers(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Carriers> {
  const providers = (await listProviders(db, { workspaceId })).filter(
    ({ channel, enabled, kind }) => channel === 'email' && enabled && kind !== 'sandbox',
  );
  const servers = providers.filter(({ kind }) => kind === 'smtp');
  const vendors = providers.filter(({ kind }) => kind !== 'smtp');
  const bounces = servers.map(({ settings }) => settings['bounce_address']);
  const address = bounces.find((each) => typeof each === 'string');
  return {
    carriedBy: servers.length > 0 || vendors.length === 0 ? 'us' : 'vendor',
    vendors: [...new Set(vendors.map(labelOf))],
    returnDomain: address === undefined ? undefined : domainOfAddress(address),
    ...spfOf(servers),
    vendorDns: (domain) =>
      vendors.flatMap((row) => {
        const { dns } = findProviderKind(row.kind) ?? {};
        return dns ? [{ vendor: labelOf(row), ...dns({ domain, settings: row.settings }) }] : [];
      }),
  };
}

function spfOf(
  servers: readonly ProviderRow[],
): Pick<Carriers, 'suggestions' | 'ownReturnPaths' | 'needsSpf'> {
  const suggestions: SpfSuggestion[] = [];
  const ownReturnPaths: string[] = [];
  for (const { name, settings } of servers) {
    const { host } = settings;
    const relay = typeof host === 'string' ? relayOf(host) : undefined;
    if (relay === 'own_return_path') ownReturnPaths.push(name);
    else if (relay && !suggestions.some(({ term }) => term === relay.term)) {
      suggestions.push({ ...relay, provider: name });
    }
  }
  const needsSpf = servers.length === 0 || ownReturnPaths.length < servers.length;
  return { suggestions, ownReturnPaths, needsSpf };
}

function labelOf({ kind }: ProviderRow): string {
  return findProviderKind(kind)?.label ?? kind;
}

import { findProviderKind } from '@perennial/channels';
import type { Db } from '../../db/index.ts';
import { listProviders } from '../providers/provider-queries.ts';
import { domainOfAddress } from './dns/domain-names.ts';

/** Who carries a workspace's e-mail, as far as DNS has to know. */
export interface Carriers {
  /** Vendors sign with keys of their own; we do for SMTP servers, and where nobody carries yet. */
  carriedBy: 'us' | 'vendor';
  vendors: string[];
  /** Where SMTP providers have returned mail sent, if they say so. */
  returnDomain: string | undefined;
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
    vendors: [...new Set(vendors.map(({ kind }) => findProviderKind(kind)?.label ?? kind))],
    returnDomain: address === undefined ? undefined : domainOfAddress(address),
  };
}

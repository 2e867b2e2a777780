import { parseMailbox } from '@perennial/channels/providers';
import type { Db } from '../../db/index.ts';
import { listProviders } from '../providers/provider-queries.ts';
import { domainOfAddress } from './dns/domain-names.ts';
import { countFroms, listDomains } from './domain-queries.ts';

export interface UsedDomain {
  domain: string;
  messages: number;
  providers: string[];
}

/** Domains that messages and providers are from and that nobody added, those in most use first. */
export async function listUsedDomains(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<UsedDomain[]> {
  const known = (await listDomains(db, { workspaceId })).map(({ domain }) => domain);
  const used = new Map<string, UsedDomain>();
  const at = (from: unknown): UsedDomain | undefined => {
    const mailbox = typeof from === 'string' ? parseMailbox(from) : undefined;
    const domain = mailbox && domainOfAddress(mailbox.address);
    if (!domain || known.some((each) => domain === each || domain.endsWith(`.${each}`))) {
      return undefined;
    }
    const entry = used.get(domain) ?? { domain, messages: 0, providers: [] };
    used.set(domain, entry);
    return entry;
  };
  for (const { sender, messages } of await countFroms(db, { workspaceId })) {
    const entry = at(sender);
    if (entry) entry.messages += messages;
  }
  for (const { channel, enabled, name, settings } of await listProviders(db, { workspaceId })) {
    const entry = channel === 'email' && enabled ? at(settings['from']) : undefined;
    entry?.providers.push(name);
  }
  return [...used.values()].sort((a, b) => b.messages - a.messages);
}

import type { Db } from '../../db/index.ts';
import { listDomains } from './domain-queries.ts';
import { findAddressUses, nearestDomain, joinUses } from './domain-uses.ts';

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
  const known = await listDomains(db, { workspaceId });
  const uses = (await findAddressUses(db, { workspaceId })).filter(
    ({ domain }) => !nearestDomain(domain, known),
  );
  return [...Map.groupBy(uses, ({ domain }) => domain)]
    .map(([domain, own]) => {
      const { messages, providers } = joinUses(own);
      return { domain, messages: messages.length, providers: providers.map(({ name }) => name) };
    })
    .sort((a, b) => b.messages - a.messages);
}

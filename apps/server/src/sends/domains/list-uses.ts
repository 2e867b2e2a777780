import type { Db } from '../../db/index.ts';
import { listDomains, type SenderDomainRow } from './domain-queries.ts';
import { findAddressUses, joinUses, nearestDomain, type NamedUse } from './domain-uses.ts';

interface Uses {
  messages: NamedUse[];
  providers: NamedUse[];
}

/** What is from a domain, or from one below it that is not a sender domain itself. */
export async function listDomainUses(
  db: Db,
  { id, workspace_id: workspaceId }: Pick<SenderDomainRow, 'id' | 'workspace_id'>,
): Promise<Uses> {
  const domains = await listDomains(db, { workspaceId });
  const uses = await findAddressUses(db, { workspaceId });
  return joinUses(uses.filter(({ domain }) => nearestDomain(domain, domains)?.id === id));
}

export async function listAddressUses(
  db: Db,
  { workspaceId, address }: { workspaceId: number; address: string },
): Promise<Uses> {
  const uses = await findAddressUses(db, { workspaceId });
  return joinUses(uses.filter((each) => each.address === address.toLowerCase()));
}

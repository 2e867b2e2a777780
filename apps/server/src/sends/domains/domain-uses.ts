import { parseMailbox } from '@perennial/channels/providers';
import type { Db } from '../../db/index.ts';
import { listProviders } from '../providers/provider-queries.ts';
import { domainOfAddress } from './dns/domain-names.ts';
import { listFroms } from './domain-queries.ts';

export interface NamedUse {
  id: number;
  name: string;
}

/** Who is from an address: messages by their newest version, and providers that are switched on. */
export interface AddressUses {
  /** In lower case. */
  address: string;
  /** As DNS knows it. */
  domain: string;
  messages: NamedUse[];
  providers: NamedUse[];
}

/** Every address that something is from. What is written as Liquid is known only when it is sent. */
export async function findAddressUses(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<AddressUses[]> {
  const uses = new Map<string, AddressUses>();
  const at = (from: unknown): AddressUses | undefined => {
    const mailbox = typeof from === 'string' ? parseMailbox(from) : undefined;
    const domain = mailbox && domainOfAddress(mailbox.address);
    if (!mailbox || domain === undefined) return undefined;
    const address = mailbox.address.toLowerCase();
    const known = uses.get(address) ?? { address, domain, messages: [], providers: [] };
    uses.set(address, known);
    return known;
  };
  for (const { id, name, sender } of await listFroms(db, { workspaceId })) {
    const messages = at(sender)?.messages;
    // Its languages may say the same.
    if (messages && messages.at(-1)?.id !== id) messages.push({ id, name });
  }
  for (const { id, name, channel, enabled, settings } of await listProviders(db, { workspaceId })) {
    if (channel === 'email' && enabled) at(settings['from'])?.providers.push({ id, name });
  }
  return [...uses.values()];
}

/** The one with that name, else the nearest one above it. */
export function nearestDomain<Row extends { domain: string }>(
  domain: string,
  domains: readonly Row[],
): Row | undefined {
  return domains
    .filter((each) => domain === each.domain || domain.endsWith(`.${each.domain}`))
    .sort((a, b) => b.domain.length - a.domain.length)[0];
}

/** What of several addresses is from one domain, each thing once. */
export function joinUses(
  uses: readonly AddressUses[],
): Pick<AddressUses, 'messages' | 'providers'> {
  return {
    messages: once(uses.flatMap((each) => each.messages)),
    providers: once(uses.flatMap((each) => each.providers)),
  };
}

function once(named: readonly NamedUse[]): NamedUse[] {
  return [...new Map(named.map((each) => [each.id, each])).values()];
}

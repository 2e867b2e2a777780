import type { SenderDomain } from '@perennial/contracts';
import { useNow } from '@perennial/ui';
import { useList } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { neededRecords } from './record-looks.ts';

export interface DomainTrouble {
  domain: SenderDomain;
  /** `broken`: DNS is wrong; `key`: it is time for another DKIM key. */
  kind: 'broken' | 'key';
}

/** Domains that need somebody: those that broke while they are in use, and keys that are due. */
export function useDomainTrouble(): DomainTrouble[] {
  const may = useRight('settings.write');
  const now = useNow();
  const domains = useList<SenderDomain>('/sender_domains', { enabled: may, every: 60_000 });
  return domains.items.flatMap((domain): DomainTrouble[] => {
    if (domain.state === 'broken') return isUsed(domain) ? [{ domain, kind: 'broken' }] : [];
    return isKeyDue(domain, now) ? [{ domain, kind: 'key' }] : [];
  });
}

function isUsed({
  used_by: { messages, providers },
  sender_count: senders,
}: SenderDomain): boolean {
  return messages + providers.length + senders > 0;
}

/** Only where we sign with it. */
function isKeyDue({ carried_by: by, rotation }: SenderDomain, now: number): boolean {
  const signs = rotation.keys.some(({ state }) => state === 'signing');
  return by === 'us' && signs && rotation.due_at !== null && Date.parse(rotation.due_at) <= now;
}

/** Records that a domain needs and that are not right. */
export function wrongRecords(domain: SenderDomain) {
  return neededRecords(domain).filter(({ state }) => state !== 'right');
}

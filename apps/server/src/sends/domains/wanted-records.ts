import type { Carriers } from './find-carriers.ts';
import type { DomainKeyRow, SenderDomainRow } from './domain-queries.ts';
import { dkimName, dkimRecord } from './records/check-dkim.ts';
import { dmarcRecord } from './records/check-dmarc.ts';
import { spfRecord } from './records/check-spf.ts';
import { readSenderTerm, type SpfTerm } from './records/spf-record.ts';

/** A record that a domain is to have. */
export interface WantedRecord {
  /** `spf`, `dkim:SELECTOR`, `dmarc`, `return_mx`. */
  id: string;
  kind: 'spf' | 'dkim' | 'dmarc' | 'return_mx';
  type: 'TXT' | 'MX';
  name: string;
  /** Empty while nobody has said what it takes: who sends, or the name of our mail server. */
  expected: string;
  needed: boolean;
  key?: DomainKeyRow;
}

interface Surroundings {
  keys: readonly DomainKeyRow[];
  carriers: Carriers;
  /** The host name of this program where it takes returned mail itself. */
  mailHost: string | undefined;
}

/** What is to stand in DNS for a domain, in the order in which people set it up. */
export function wantedRecords(domain: SenderDomainRow, parts: Surroundings): WantedRecord[] {
  const dmarc = {
    id: 'dmarc',
    kind: 'dmarc' as const,
    type: 'TXT' as const,
    name: `_dmarc.${domain.domain}`,
    expected: dmarcRecord(domain.domain),
    needed: true,
  };
  // Vendors have records of their own for the rest, which only they know.
  if (parts.carriers.carriedBy === 'vendor') return [dmarc];
  return [spf(domain, parts), ...dkim(domain, parts), dmarc, ...returnMx(domain, parts)];
}

/** The domain of the envelope's sender, which SPF is about. */
export function envelopeDomain(
  { domain, return_domain }: Pick<SenderDomainRow, 'domain' | 'return_domain'>,
  { returnDomain }: Pick<Carriers, 'returnDomain'>,
): string {
  return return_domain ?? returnDomain ?? domain;
}

/** Only what can be read was saved. */
export function senderTerms({ senders }: Pick<SenderDomainRow, 'senders'>): SpfTerm[] {
  return senders.flatMap((text) => readSenderTerm(text) ?? []);
}

function spf(domain: SenderDomainRow, { carriers }: Surroundings): WantedRecord {
  const found = domain.findings['spf']?.found ?? [];
  return {
    id: 'spf',
    kind: 'spf',
    type: 'TXT',
    name: envelopeDomain(domain, carriers),
    expected: spfRecord(found[0], senderTerms(domain)),
    needed: carriers.needsSpf,
  };
}

function dkim(domain: SenderDomainRow, { keys }: Surroundings): WantedRecord[] {
  return keys.map((key) => ({
    id: `dkim:${key.selector}`,
    kind: 'dkim',
    type: 'TXT',
    name: dkimName({ selector: key.selector, domain: domain.domain }),
    expected: dkimRecord(key.public_key),
    needed: key.selector === domain.active_selector,
    key,
  }));
}

function returnMx({ return_domain }: SenderDomainRow, { mailHost }: Surroundings): WantedRecord[] {
  if (return_domain === null) return [];
  return [
    {
      id: 'return_mx',
      kind: 'return_mx',
      type: 'MX',
      name: return_domain,
      expected: mailHost === undefined ? '' : `10 ${mailHost}.`,
      needed: true,
    },
  ];
}

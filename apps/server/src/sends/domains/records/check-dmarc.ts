import type { Dns } from '../dns/ask-dns.ts';
import { organisationalDomain } from '../dns/domain-names.ts';
import { missing, shownAll, trouble, type RecordFault, type RecordFinding } from './finding.ts';
import { readTagList } from './tag-list.ts';

/** What a domain asks of whoever receives mail in its name. */
export interface DmarcPolicy {
  dkim: 'relaxed' | 'strict';
  spf: 'relaxed' | 'strict';
}

/** Without a policy, as receivers assume. */
export const RELAXED: DmarcPolicy = { dkim: 'relaxed', spf: 'relaxed' };

/** A first record: it watches and keeps nothing from arriving. */
export function dmarcRecord(domain: string): string {
  return `v=DMARC1; p=none; rua=mailto:dmarc@${domain}`;
}

export interface DmarcCheck {
  finding: RecordFinding;
  policy: DmarcPolicy;
}

/** RFC 7489 §6.6.3: the record of the domain, else of the domain that was registered. */
export async function checkDmarc(dns: Dns, { domain }: { domain: string }): Promise<DmarcCheck> {
  const own = await dns.txt(`_dmarc.${domain}`);
  if (own.kind === 'trouble') return { finding: trouble(own.problem), policy: RELAXED };
  const records = own.kind === 'found' ? own.records.filter(isDmarc) : [];
  if (records.length > 0) return judge(records, { inherited: false });
  const owner = organisationalDomain(domain);
  if (owner === undefined || owner === domain) return withoutPolicy(own);
  const above = await dns.txt(`_dmarc.${owner}`);
  if (above.kind === 'trouble') return { finding: trouble(above.problem), policy: RELAXED };
  const inherited = above.kind === 'found' ? above.records.filter(isDmarc) : [];
  return inherited.length > 0 ? judge(inherited, { inherited: true }) : withoutPolicy(own);
}

function isDmarc(text: string): boolean {
  return /^v\s*=\s*DMARC1\s*(;|$)/.test(text);
}

/** Something else may stand at the name. */
function withoutPolicy(own: { kind: 'found'; records: string[] } | { kind: 'none' }): DmarcCheck {
  const finding: RecordFinding =
    own.kind === 'none'
      ? missing()
      : {
          state: 'differs',
          found: shownAll(own.records),
          faults: [{ code: 'not_readable' }],
          notes: [],
        };
  return { finding, policy: RELAXED };
}

function judge(records: string[], { inherited }: { inherited: boolean }): DmarcCheck {
  const found = shownAll(records);
  if (records.length > 1) {
    // RFC 7489 §6.6.3: then there is no policy.
    const faults: RecordFault[] = [{ code: 'several_records' }];
    return { finding: { state: 'differs', found, faults, notes: [] }, policy: RELAXED };
  }
  const tags = readTagList(records[0]!);
  if (!tags) {
    const faults: RecordFault[] = [{ code: 'not_readable' }];
    return { finding: { state: 'differs', found, faults, notes: [] }, policy: RELAXED };
  }
  const faults = faultsOf(tags);
  const wanted = (inherited && tags.get('sp')) || tags.get('p');
  const share = Number(tags.get('pct') ?? 100);
  const policy: DmarcPolicy = { dkim: modeOf(tags.get('adkim')), spf: modeOf(tags.get('aspf')) };
  return {
    policy,
    finding: {
      state: faults.length > 0 ? 'differs' : 'right',
      found,
      faults,
      notes: [
        ...(inherited ? [{ code: 'inherited' as const }] : []),
        ...(wanted?.toLowerCase() === 'none' ? [{ code: 'watches_only' as const }] : []),
        ...(share < 100 ? [{ code: 'part_only' as const, detail: `${share}` }] : []),
        ...(tags.get('rua') ? [] : [{ code: 'no_reports' as const }]),
        ...(policy.dkim === 'strict' ? [{ code: 'strict_dkim' as const }] : []),
      ],
    },
  };
}

function faultsOf(tags: ReadonlyMap<string, string>): RecordFault[] {
  const policy = tags.get('p');
  // With reports asked for and no policy, receivers take it for "none"; not all of them do.
  if (policy === undefined) return [{ code: 'no_policy' }];
  if (!/^(none|quarantine|reject)$/i.test(policy)) {
    return [{ code: 'bad_policy', detail: policy.slice(0, 50) }];
  }
  const below = tags.get('sp');
  if (below !== undefined && !/^(none|quarantine|reject)$/i.test(below)) {
    return [{ code: 'bad_policy', detail: below.slice(0, 50) }];
  }
  return [];
}

function modeOf(text: string | undefined): 'relaxed' | 'strict' {
  return text?.toLowerCase() === 's' ? 'strict' : 'relaxed';
}

import type { Pool } from '../../db/index.ts';
import type { Dns } from './dns/ask-dns.ts';
import { isAligned } from './dns/domain-names.ts';
import {
  findKeys,
  keepFindings,
  type DomainState,
  type KeptFinding,
  type RecordChange,
  type SenderDomainRow,
} from './domain-queries.ts';
import { findCarriers, type Carriers } from './find-carriers.ts';
import { checkDkim } from './records/check-dkim.ts';
import { checkDmarc, type DmarcPolicy } from './records/check-dmarc.ts';
import { checkReturnMx } from './records/check-return-mx.ts';
import { checkSpf } from './records/check-spf.ts';
import type { RecordFinding } from './records/finding.ts';
import { envelopeDomain, senderTerms, wantedRecords, type WantedRecord } from './wanted-records.ts';

export interface CheckParts {
  dns: Dns;
  /** The host name of this program where it takes returned mail itself. */
  mailHost: string | undefined;
}

/** Asks DNS for every record of a domain and keeps what it says. Undefined: it was changed meanwhile. */
export async function checkDomain(
  db: Pool,
  { dns, mailHost }: CheckParts,
  { domain, now }: { domain: SenderDomainRow; now: Date },
): Promise<SenderDomainRow | undefined> {
  const carriers = await findCarriers(db, { workspaceId: domain.workspace_id });
  const keys = await findKeys(db, { domainIds: [domain.id] });
  const wanted = wantedRecords(domain, { keys, carriers, mailHost });
  const found = await askForAll(dns, { domain, wanted, carriers, mailHost });
  const findings = keptFindings(domain, found, now);
  const state = stateOf(domain.state, wanted, findings);
  return keepFindings(db, {
    id: domain.id,
    asOf: domain.updated_at,
    kept: {
      findings,
      history: historyOf(domain, findings),
      state,
      state_at: state === domain.state ? domain.state_at : now,
      check_at: nextCheck({ domain, state, findings, now }),
    },
    now,
  });
}

async function askForAll(
  dns: Dns,
  {
    domain,
    wanted,
    carriers,
    mailHost,
  }: {
    domain: SenderDomainRow;
    wanted: readonly WantedRecord[];
    carriers: Carriers;
    mailHost: string | undefined;
  },
): Promise<Map<string, RecordFinding>> {
  const { finding: dmarc, policy } = await checkDmarc(dns, domain);
  const findings = await Promise.all(
    wanted.map(async (record): Promise<[string, RecordFinding]> => {
      switch (record.kind) {
        case 'dmarc':
          return [record.id, dmarc];
        case 'dkim': {
          const { selector, public_key: publicKey } = record.key!;
          return [record.id, await checkDkim(dns, { selector, domain: domain.domain, publicKey })];
        }
        case 'spf': {
          const finding = await checkSpf(dns, { domain: record.name, wanted: senderTerms(domain) });
          const envelope = envelopeDomain(domain, carriers);
          return [record.id, withAlignment(finding, { envelope, domain: domain.domain, policy })];
        }
        case 'return_mx':
          return [record.id, await checkReturnMx(dns, { domain: record.name, server: mailHost })];
      }
    }),
  );
  return new Map(findings);
}

/** SPF may be right and still say nothing about the sender that people see. DKIM does then. */
function withAlignment(
  finding: RecordFinding,
  { envelope, domain, policy }: { envelope: string; domain: string; policy: DmarcPolicy },
): RecordFinding {
  if (finding.state === 'trouble' || isAligned(envelope, domain, policy.spf)) return finding;
  return { ...finding, notes: [...finding.notes, { code: 'not_aligned', detail: envelope }] };
}

/** Silence of DNS leaves what it said before. */
function keptFindings(
  { findings: before }: SenderDomainRow,
  found: ReadonlyMap<string, RecordFinding>,
  now: Date,
): Record<string, KeptFinding> {
  return Object.fromEntries(
    [...found].map(([record, finding]): [string, KeptFinding] => {
      if (finding.state !== 'trouble') return [record, { ...finding, at: now.toISOString() }];
      const known = before[record] ?? {
        state: 'unknown',
        found: [],
        faults: [],
        notes: [],
        at: now.toISOString(),
      };
      return [record, { ...known, trouble: finding.trouble }];
    }),
  );
}

function stateOf(
  before: DomainState,
  wanted: readonly WantedRecord[],
  findings: Record<string, KeptFinding>,
): DomainState {
  const needed = wanted.filter((record) => record.needed);
  const states = needed.map(({ id }) => findings[id]?.state ?? 'unknown');
  if (states.every((state) => state === 'right')) return 'verified';
  return before === 'pending' ? 'pending' : 'broken';
}

const MOST_HISTORY = 30;

function historyOf(
  { findings: before, history }: SenderDomainRow,
  findings: Record<string, KeptFinding>,
): RecordChange[] {
  const changes = Object.entries(findings).flatMap(([record, { state: to, at }]) => {
    const from = before[record]?.state ?? 'unknown';
    return from === to ? [] : [{ at, record, from, to }];
  });
  return [...changes, ...history].slice(0, MOST_HISTORY);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Often while somebody sets it up or something is wrong, else a few times a day. */
function nextCheck({
  domain,
  state,
  findings,
  now,
}: {
  domain: SenderDomainRow;
  state: DomainState;
  findings: Record<string, KeptFinding>;
  now: Date;
}): Date {
  const isNew = now.getTime() - domain.updated_at.getTime() < 72 * HOUR;
  const isSilent = Object.values(findings).some(({ trouble }) => trouble !== undefined);
  const wait =
    state === 'pending' && isNew
      ? 10 * MINUTE
      : isSilent
        ? 30 * MINUTE
        : state === 'broken'
          ? HOUR
          : 6 * HOUR;
  return new Date(now.getTime() + wait);
}

import { domainToUnicode } from 'node:url';
import type { senderDomainSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../../db/index.ts';
import { organisationalDomain } from './dns/domain-names.ts';
import {
  findKeys,
  listDomains,
  type DomainKeyRow,
  type SenderDomainRow,
} from './domain-queries.ts';
import { findAddressUses, joinUses, nearestDomain } from './domain-uses.ts';
import { findCarriers, type Carriers } from './find-carriers.ts';
import { IN_TRANSIT_MS } from './save-domain.ts';
import { countSenders } from './sender-queries.ts';
import { wantedRecords, type WantedRecord } from './wanted-records.ts';

export type DomainView = z.output<typeof senderDomainSchema>;

export async function viewDomains(
  db: Db,
  {
    workspaceId,
    rows,
    mailHost,
  }: { workspaceId: number; rows: readonly SenderDomainRow[]; mailHost: string | undefined },
): Promise<DomainView[]> {
  const carriers = await findCarriers(db, { workspaceId });
  const keys = await findKeys(db, { domainIds: rows.map(({ id }) => id) });
  const counts = await countSenders(db, { workspaceId });
  const all = await listDomains(db, { workspaceId });
  const used = Map.groupBy(
    await findAddressUses(db, { workspaceId }),
    ({ domain }) => nearestDomain(domain, all)?.id,
  );
  return rows.map((row) => {
    const own = keys.filter(({ domain_id }) => domain_id === row.id);
    const senderCount = counts.get(row.id) ?? 0;
    const uses = joinUses(used.get(row.id) ?? []);
    return viewDomain(row, { keys: own, carriers, mailHost, senderCount, uses });
  });
}

function viewDomain(
  row: SenderDomainRow,
  {
    keys,
    carriers,
    mailHost,
    senderCount,
    uses,
  }: {
    keys: readonly DomainKeyRow[];
    carriers: Carriers;
    mailHost: string | undefined;
    senderCount: number;
    uses: ReturnType<typeof joinUses>;
  },
): DomainView {
  const { findings: _findings, active_selector: _active, history, workspace_id: _, ...rest } = row;
  return {
    ...rest,
    used_by: { messages: uses.messages.length, providers: uses.providers.map(({ name }) => name) },
    display: domainToUnicode(row.domain) || row.domain,
    registered: organisationalDomain(row.domain) ?? row.domain,
    carried_by: carriers.carriedBy,
    vendors: carriers.vendors,
    spf_suggestions: carriers.suggestions,
    own_return_paths: carriers.ownReturnPaths,
    vendor_dns: carriers
      .vendorDns(row.domain)
      .map(({ returnPath: return_path, ...vendor }) => ({ ...vendor, return_path })),
    records: wantedRecords(row, { keys, carriers, mailHost }).map((record) =>
      viewRecord(record, row),
    ),
    rotation: viewRotation(row, keys),
    history: history.map((change) => ({ ...change, at: new Date(change.at) })),
    sender_count: senderCount,
  };
}

/** So long a key signs before it is time for the other one. */
const KEY_LASTS_MS = 180 * 86_400_000;

function viewRotation(row: SenderDomainRow, keys: readonly DomainKeyRow[]): DomainView['rotation'] {
  const { findings, active_selector } = row;
  const isThere = ({ selector }: DomainKeyRow): boolean =>
    findings[`dkim:${selector}`]?.state === 'right';
  const active = keys.find(({ selector }) => selector === active_selector);
  const idle = keys.find(({ selector }) => selector !== active_selector);
  const since = active && (active.signs_since ?? active.created_at);
  return {
    next_selector: idle?.selector ?? '',
    ready: idle !== undefined && isThere(idle),
    renew_after: idle?.retired_at ? new Date(idle.retired_at.getTime() + IN_TRANSIT_MS) : null,
    due_at: since ? new Date(since.getTime() + KEY_LASTS_MS) : null,
    keys: keys.map((key) => ({
      selector: key.selector,
      state: key.retired_at
        ? ('retired' as const)
        : !isThere(key)
          ? ('made' as const)
          : key === active
            ? ('signing' as const)
            : ('seen' as const),
      made_at: key.created_at,
      signs_since: key.signs_since,
      retired_at: key.retired_at,
    })),
  };
}

function viewRecord(
  { key, ...record }: WantedRecord,
  { findings, active_selector }: SenderDomainRow,
): DomainView['records'][number] {
  const kept = findings[record.id];
  return {
    ...record,
    selector: key?.selector ?? null,
    signs: key?.selector === active_selector && kept?.state === 'right',
    state: kept?.state ?? 'unknown',
    found: kept?.found ?? [],
    faults: kept?.faults ?? [],
    notes: kept?.notes ?? [],
    lookups: kept?.lookups ?? null,
    trouble: kept?.trouble ?? null,
    checked_at: kept ? new Date(kept.at) : null,
  };
}

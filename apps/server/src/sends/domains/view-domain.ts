import { domainToUnicode } from 'node:url';
import type { senderDomainSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../../db/index.ts';
import { findKeys, type DomainKeyRow, type SenderDomainRow } from './domain-queries.ts';
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
  return rows.map((row) => {
    const own = keys.filter(({ domain_id }) => domain_id === row.id);
    const senderCount = counts.get(row.id) ?? 0;
    return viewDomain(row, { keys: own, carriers, mailHost, senderCount });
  });
}

function viewDomain(
  row: SenderDomainRow,
  {
    keys,
    carriers,
    mailHost,
    senderCount,
  }: {
    keys: readonly DomainKeyRow[];
    carriers: Carriers;
    mailHost: string | undefined;
    senderCount: number;
  },
): DomainView {
  const { findings, active_selector, history, workspace_id: _workspace, ...rest } = row;
  const idle = keys.find(({ selector }) => selector !== active_selector);
  return {
    ...rest,
    display: domainToUnicode(row.domain) || row.domain,
    carried_by: carriers.carriedBy,
    vendors: carriers.vendors,
    records: wantedRecords(row, { keys, carriers, mailHost }).map((record) =>
      viewRecord(record, row),
    ),
    rotation: {
      next_selector: idle?.selector ?? '',
      ready: findings[`dkim:${idle?.selector}`]?.state === 'right',
      renew_after: idle?.retired_at ? new Date(idle.retired_at.getTime() + IN_TRANSIT_MS) : null,
    },
    history: history.map((change) => ({ ...change, at: new Date(change.at) })),
    sender_count: senderCount,
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

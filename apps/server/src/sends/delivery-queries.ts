import type { DeliveryStatus } from '@perennial/channels';
import type { Db, Tx } from '../db/index.ts';

export interface DeliveryState {
  contact_id: number;
  id: number;
  send_id: number;
  workspace_id: number;
  channel: string;
  state: string;
  status: DeliveryStatus;
  reason: string | null;
  attempts: number;
  /** When a provider took it. */
  handed_at: Date | null;
  created_at: Date;
}

const STATE =
  'contact_id, id, send_id, workspace_id, channel, state, status, reason, attempts, handed_at, created_at';

/** Plan: deliveries_pkey; both arrays as they are, the IDs are unique by themselves. */
export async function loadDeliveryStates(
  db: Db,
  { contactIds, ids }: { contactIds: number[]; ids: number[] },
): Promise<DeliveryState[]> {
  const { rows } = await db.query<DeliveryState>({
    name: 'load_delivery_states',
    text: `select ${STATE} from deliveries
            where contact_id = any($1::bigint[]) and id = any($2::bigint[])`,
    values: [contactIds, ids],
  });
  return rows;
}

/** All deliveries of these sends. */
export async function loadDeliveriesOfSends(
  db: Db,
  { contactIds, sendIds }: { contactIds: number[]; sendIds: number[] },
): Promise<DeliveryState[]> {
  const { rows } = await db.query<DeliveryState>({
    name: 'load_deliveries_of_sends',
    text: `select ${STATE} from deliveries
            where contact_id = any($1::bigint[]) and send_id = any($2::bigint[])`,
    values: [contactIds, sendIds],
  });
  return rows;
}

export interface StatusChange {
  contactId: number;
  id: number;
  status: DeliveryStatus;
  at: Date;
  reason: string | null;
}

export async function updateDeliveryStatuses(
  tx: Tx,
  { changes }: { changes: readonly StatusChange[] },
): Promise<void> {
  if (changes.length === 0) return;
  await tx.query({
    name: 'update_delivery_statuses',
    text: `update deliveries d
              set status = row.status, status_at = row.at, reason = coalesce(row.reason, d.reason)
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[])
                  as row (contact_id, id, status, at, reason)
            where d.contact_id = row.contact_id and d.id = row.id`,
    values: [
      changes.map((row) => row.contactId),
      changes.map((row) => row.id),
      changes.map((row) => row.status),
      changes.map((row) => row.at),
      changes.map((row) => row.reason),
    ],
  });
}

export interface SendRow {
  contact_id: number;
  id: number;
  workspace_id: number;
  message_id: number;
  channel: string;
  language: string | null;
  workflow_id: number | null;
  run_id: number | null;
  block: string | null;
  campaign_id: number | null;
  test: boolean;
  decision: 'sent' | 'held' | 'refused';
  reason: string | null;
  reasons: { gate: string; passed: boolean; details?: unknown }[];
  status: DeliveryStatus | null;
  facts: number;
}

export async function loadSends(
  db: Db,
  { contactIds, ids }: { contactIds: number[]; ids: number[] },
): Promise<SendRow[]> {
  const { rows } = await db.query<SendRow>({
    name: 'load_sends',
    text: `select contact_id, id, workspace_id, message_id, channel, language, workflow_id, run_id, block,
                  campaign_id, test, decision, reason, reasons, status, facts
             from sends where contact_id = any($1::bigint[]) and id = any($2::bigint[])`,
    values: [contactIds, ids],
  });
  return rows;
}

export async function updateSends(tx: Tx, { sends }: { sends: readonly SendRow[] }): Promise<void> {
  if (sends.length === 0) return;
  await tx.query({
    name: 'update_sends',
    text: `update sends s
              set status = row.status, facts = row.facts, decision = row.decision, reasons = row.reasons,
                  reason = row.reason,
                  -- What did not leave gives its place back.
                  counts_at = case when row.decision <> 'refused' then s.counts_at end
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::smallint[], $5::text[], $6::jsonb[], $7::text[])
                  as row (contact_id, id, status, facts, decision, reasons, reason)
            where s.contact_id = row.contact_id and s.id = row.id`,
    values: [
      sends.map((row) => row.contact_id),
      sends.map((row) => row.id),
      sends.map((row) => row.status),
      sends.map((row) => row.facts),
      sends.map((row) => row.decision),
      sends.map((row) => JSON.stringify(row.reasons)),
      sends.map((row) => row.reason),
    ],
  });
}

import type { Db, Tx } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';
import type { DueColumn } from '../slots/index.ts';
import type { GateReason, SendRequest, SendTerms } from './decision.ts';
import type { NewSend } from './queries.ts';

/** A send that waits. */
export interface HeldRow {
  contact_id: number;
  id: number;
  workspace_id: number;
  slot: number;
  message_id: number;
  message_version: number;
  channel: string;
  workflow_id: number | null;
  block: string | null;
  campaign_id: number | null;
  transactional: boolean;
  test: boolean;
  language: string | null;
  context: SendRequest['context'] | null;
  terms: SendTerms | null;
  reason: string | null;
  reasons: GateReason[];
  hold_until: Date;
  expires_at: Date | null;
  created_at: Date;
}

/** Sends that wait and belong to no run. Index sends_waiting. */
export const heldDue: DueColumn = {
  table: 'sends',
  column: 'hold_until',
  where: `decision = 'held' and run_id is null`,
};

const HELD = `contact_id, id, workspace_id, slot, message_id, message_version, channel, workflow_id, block, campaign_id, transactional,
  test, language, context, terms, reason, reasons, hold_until, expires_at, created_at`;

/** Those of these sends that still wait. Index: sends_pkey. */
export async function loadHeld(
  tx: Db,
  { contactIds, ids }: { contactIds: number[]; ids: number[] },
): Promise<Map<number, HeldRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await tx.query<HeldRow>({
    name: 'load_held_sends',
    text: `select ${HELD} from sends
            where contact_id = any($1::bigint[]) and id = any($2::bigint[]) and decision = 'held'`,
    values: [contactIds, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export interface HeldBounds {
  slots: number[];
  until: Date;
  /** By workspace and by slot, in epoch milliseconds: nothing later is due yet. */
  marks: string;
  queued: string;
}

/** Sends of no run whose wait is over, the most urgent first. Index: sends_waiting. */
export async function findDueHeld(
  tx: Tx,
  { slots, until, marks, queued, limit }: HeldBounds & { limit: number },
): Promise<HeldRow[]> {
  const { rows } = await tx.query<HeldRow>({
    name: 'find_due_held_sends',
    text: `select ${HELD} from sends
            where slot = any($1::int[]) and decision = 'held' and run_id is null and hold_until <= $2
              and hold_until <= to_timestamp(($3::jsonb ->> workspace_id::text)::float8 / 1000)
              and hold_until < coalesce(to_timestamp(($4::jsonb ->> slot::text)::float8 / 1000), 'infinity')
            order by priority desc, hold_until, id
            limit $5`,
    values: [slots, until, marks, queued, limit],
  });
  return rows;
}

/** Writes what was decided about sends that waited. */
export async function updateHeld(tx: Tx, { sends }: { sends: readonly NewSend[] }): Promise<void> {
  if (sends.length === 0) return;
  await tx.query({
    name: 'update_held_sends',
    text: `update sends s
              set decision = row.decision, reason = row.reason, reasons = row.reasons, status = row.status,
                  hold_until = row.hold_until, counts_at = row.counts_at, language = row.language,
                  message_version = row.message_version, context = row.context
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::jsonb[], $6::text[],
                         $7::timestamptz[], $8::timestamptz[], $9::text[], $10::int[], $11::jsonb[])
                  as row (contact_id, id, decision, reason, reasons, status, hold_until, counts_at, language,
                          message_version, context)
            where s.contact_id = row.contact_id and s.id = row.id and s.decision = 'held'`,
    values: [
      sends.map(({ request }) => request.contactId),
      sends.map((send) => send.id),
      sends.map((send) => send.decision),
      sends.map((send) => send.reason),
      sends.map((send) => JSON.stringify(send.reasons)),
      sends.map((send) => send.status),
      sends.map((send) => send.holdUntil),
      sends.map((send) => send.countsAt),
      sends.map((send) => send.language),
      sends.map((send) => send.messageVersion),
      sends.map(({ request }) => JSON.stringify(request.context)),
    ],
  });
}

/** How often a send remembers that it waited. */
const MOST_WAITS = 10;

/** The reasons of a new decision, with how long the send waited before it, and for what. */
export function withWaits(held: HeldRow, reasons: readonly GateReason[]): GateReason[] {
  const waits = held.reasons.filter(({ gate }) => gate === 'waited');
  const details: Json = {
    for: held.reason,
    since: held.created_at.toISOString(),
    until: held.hold_until.toISOString(),
  };
  return [...waits.slice(1 - MOST_WAITS), { gate: 'waited', passed: true, details }, ...reasons];
}

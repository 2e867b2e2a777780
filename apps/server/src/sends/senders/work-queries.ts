import type { DeliveryStatus } from '@perennial/channels';
import type { Db, Tx } from '../../db/index.ts';
import type { Json, JsonObject } from '../../inbox/index.ts';
import type { SendTerms } from '../decision.ts';

export type DeliveryLane = 0 | 1;

/**
 * Slots in which something is due in these lanes. Plan: the first entry of deliveries_due for each slot
 * and lane, a part of the statement each, because a cluster refuses to look for the first of many.
 * Asked by `exists`, all deliveries there ever were are read and hashed.
 */
export async function findDueSlots(
  db: Db,
  { slots, lanes, now }: { slots: number; lanes: readonly DeliveryLane[]; now: Date },
): Promise<{ slot: number; lane: DeliveryLane }[]> {
  const { rows } = await db.query<{ slot: number; lane: DeliveryLane }>({
    name: `find_due_slots_${lanes.join('_')}`,
    text: Array.from({ length: slots }, (_, slot) => lanes.map((lane) => firstDueOf(slot, lane)))
      .flat()
      .join(' union all '),
    values: [now],
  });
  return rows;
}

function firstDueOf(slot: number, lane: DeliveryLane): string {
  return `(select slot, lane from deliveries
            where slot = ${slot} and lane = ${lane} and due_at <= $1 and due_at is not null
            order by due_at limit 1)`;
}

export interface DueKey {
  contact_id: number;
  address: string;
  id: number;
  workspace_id: number;
  channel: string;
}

/** What is due in one slot, oldest first; not for those who have no room now. Index: deliveries_due. */
export async function findDue(
  db: Db,
  {
    slot,
    lane,
    now,
    stalled,
    limit,
  }: {
    slot: number;
    lane: DeliveryLane;
    now: Date;
    /** `WORKSPACE CHANNEL` whose provider takes nothing at the moment. */
    stalled: string[];
    limit: number;
  },
): Promise<DueKey[]> {
  const { rows } = await db.query<DueKey>({
    name: 'find_due_deliveries',
    text: `select contact_id, id, workspace_id, channel, address from deliveries
            where slot = $1 and lane = $2 and due_at <= $3 and due_at is not null
              and (workspace_id::text || ' ' || channel) <> all($4::text[])
            order by due_at limit $5`,
    values: [slot, lane, now, stalled, limit],
  });
  return rows;
}

/** A delivery with all that rendering and handing it over takes. */
export interface WorkRow {
  contact_id: number;
  id: number;
  send_id: number;
  workspace_id: number;
  channel: string;
  address: string;
  lane: DeliveryLane;
  attempts: number;
  expires_at: Date | null;
  created_at: Date;
  subject: number | null;
  message_id: number;
  message_version: number;
  language: string;
  transactional: boolean;
  test: boolean;
  run_id: number | null;
  campaign_id: number | null;
  context: { event?: Json; run?: Json; data?: Json } | null;
  terms: SendTerms | null;
  card_id: number | null;
  card_workspace_id: number;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  fields: JsonObject;
}

/** Plan: deliveries_pkey, sends_pkey, contacts_pkey, all by contact. */
export async function loadWork(
  db: Db,
  {
    keys,
    anyState = false,
  }: { keys: readonly Pick<DueKey, 'contact_id' | 'id'>[]; anyState?: boolean },
): Promise<WorkRow[]> {
  const { rows } = await db.query<WorkRow>({
    name: 'load_delivery_work',
    text: `select d.contact_id, d.id, d.send_id, d.workspace_id, d.channel, d.address, d.lane, d.attempts,
                  d.expires_at, d.created_at, d.subject, s.message_id, s.message_version, s.language, s.transactional, s.test,
                  s.run_id, s.campaign_id, s.context, s.terms, c.id as card_id, c.workspace_id as card_workspace_id, c.external_id, c.email,
                  c.phone, coalesce(c.fields, '{}') as fields
             from deliveries d
             join sends s on s.contact_id = d.contact_id and s.id = d.send_id
             left join contacts c on c.id = d.contact_id
            where d.contact_id = any($1::bigint[]) and d.id = any($2::bigint[]) and (d.state = 'planned' or $3)
            order by d.due_at, d.id`,
    values: [keys.map((key) => key.contact_id), keys.map((key) => key.id), anyState],
  });
  return rows;
}

/** Takes what is still planned; answers the IDs of what was got. */
export async function takeDeliveries(
  tx: Tx,
  {
    rows,
    processId,
    providerIds,
    now,
  }: {
    rows: readonly WorkRow[];
    processId: number;
    providerIds: readonly (number | null)[];
    now: Date;
  },
): Promise<Set<number>> {
  if (rows.length === 0) return new Set();
  const { rows: taken } = await tx.query<{ id: number }>({
    name: 'take_deliveries',
    text: `update deliveries d
              set state = 'handed_over', due_at = null, claimed_by = $4, claimed_at = $5,
                  attempts = d.attempts + 1, provider_id = row.provider_id
             from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as row (contact_id, id, provider_id)
            where d.contact_id = row.contact_id and d.id = row.id and d.state = 'planned'
            returning d.id`,
    values: [
      rows.map((row) => row.contact_id),
      rows.map((row) => row.id),
      providerIds,
      processId,
      now,
    ],
  });
  return new Set(taken.map((row) => row.id));
}

export interface Stop {
  row: WorkRow;
  status: 'cancelled' | 'expired' | 'undelivered';
  reason: string;
  /** What explains the reason, kept where the provider's answer would stand. */
  details?: string;
}

/** Ends what must not leave; answers the IDs of what was still planned. */
export async function stopPlanned(
  tx: Tx,
  { stops, now }: { stops: readonly Stop[]; now: Date },
): Promise<Set<number>> {
  if (stops.length === 0) return new Set();
  const { rows } = await tx.query<{ id: number }>({
    name: 'stop_planned_deliveries',
    text: `update deliveries d
              set state = case row.status when 'undelivered' then 'failed' else row.status end,
                  status = row.status, status_at = $6, reason = row.reason, due_at = null,
                  provider_answer = row.details
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[])
                  as row (contact_id, id, status, reason, details)
            where d.contact_id = row.contact_id and d.id = row.id and d.state = 'planned'
            returning d.id`,
    values: [
      stops.map(({ row }) => row.contact_id),
      stops.map(({ row }) => row.id),
      stops.map(({ status }) => status),
      stops.map(({ reason }) => reason),
      stops.map(({ details }) => details ?? null),
      now,
    ],
  });
  return new Set(rows.map((row) => row.id));
}

/**
 * Puts off what cannot be handled now, so that it does not stand in the way of others; null: until
 * somebody makes it due again.
 */
export async function postponeDeliveries(
  db: Db,
  { rows, until }: { rows: readonly WorkRow[]; until: Date | null },
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `update deliveries set due_at = $3
      where contact_id = any($1::bigint[]) and id = any($2::bigint[]) and state = 'planned'`,
    [rows.map((row) => row.contact_id), rows.map((row) => row.id), until],
  );
}

/** What becomes of a delivery that was taken. */
export interface Settlement {
  contactId: number;
  id: number;
  state: 'planned' | 'accepted' | 'failed' | 'uncertain' | 'cancelled';
  /** Null: as before. */
  status: DeliveryStatus | null;
  reason: string | null;
  /** Of `planned`: when it is tried again. */
  dueAt: Date | null;
  /** Tries that were made. */
  attempts: number;
  ref: string | null;
  answer: string | null;
  uncertain: boolean;
}

/**
 * Writes outcomes of deliveries that this process took. A status that somebody's click has moved
 * on meanwhile stays. Answers the contact each is with now: a merge may have moved it.
 */
export async function settleDeliveries(
  tx: Tx,
  {
    settlements,
    processId,
    now,
  }: { settlements: readonly Settlement[]; processId: number; now: Date },
): Promise<Map<number, number>> {
  const settled = await settle(tx, SETTLE, { settlements, processId, now });
  const moved = settlements.filter(({ id }) => !settled.has(id));
  if (moved.length === 0) return settled;
  const found = await settle(tx, SETTLE_MOVED, { settlements: moved, processId, now });
  return new Map([...settled, ...found]);
}

async function settle(
  tx: Tx,
  statement: { name: string; text: string },
  {
    settlements,
    processId,
    now,
  }: { settlements: readonly Settlement[]; processId: number; now: Date },
): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ contact_id: number; id: number }>({
    ...statement,
    values: [
      settlements.map((row) => row.contactId),
      settlements.map((row) => row.id),
      settlements.map((row) => row.state),
      settlements.map((row) => row.status),
      settlements.map((row) => row.reason),
      settlements.map((row) => row.dueAt),
      settlements.map((row) => row.attempts),
      settlements.map((row) => row.ref),
      settlements.map((row) => row.answer),
      settlements.map((row) => row.uncertain),
      processId,
      now,
    ],
  });
  return new Map(rows.map((row) => [row.id, row.contact_id]));
}

const SETTLE_SET = `
  update deliveries d
     set state = row.state, due_at = row.due_at, attempts = row.attempts, claimed_by = null, claimed_at = null,
         status = case when d.status in ('queued', 'uncertain') then coalesce(row.status, d.status) else d.status end,
         status_at = case when d.status in ('queued', 'uncertain') and row.status is not null then $12 else d.status_at end,
         reason = row.reason,
         handed_at = case when row.state = 'accepted' then $12 else d.handed_at end,
         provider_ref = coalesce(row.ref, d.provider_ref), provider_answer = coalesce(row.answer, d.provider_answer),
         uncertain_at = case when row.uncertain then coalesce(d.uncertain_at, $12) else d.uncertain_at end
    from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::integer[],
                $8::text[], $9::text[], $10::boolean[])
         as row (contact_id, id, state, status, reason, due_at, attempts, ref, answer, uncertain)
   where d.id = row.id and d.state = 'handed_over' and d.claimed_by = $11`;

const SETTLE = {
  name: 'settle_deliveries',
  text: `${SETTLE_SET} and d.contact_id = row.contact_id returning d.contact_id, d.id`,
};
/** Index: deliveries_in_flight. */
const SETTLE_MOVED = {
  name: 'settle_moved_deliveries',
  text: `${SETTLE_SET} and d.contact_id <> row.contact_id returning d.contact_id, d.id`,
};

export interface AbandonedRow {
  contact_id: number;
  id: number;
  send_id: number;
  workspace_id: number;
  claimed_by: number;
  transactional: boolean;
  attempts: number;
}

/** Taken by processes that do not live any more. Index: deliveries_in_flight. */
export async function findAbandoned(
  db: Db,
  { deadBefore, limit }: { deadBefore: Date; limit: number },
): Promise<AbandonedRow[]> {
  const { rows } = await db.query<AbandonedRow>({
    name: 'find_abandoned_deliveries',
    text: `select d.contact_id, d.id, d.send_id, d.workspace_id, d.claimed_by, d.attempts, s.transactional
             from deliveries d
             join sends s on s.contact_id = d.contact_id and s.id = d.send_id
            where d.state = 'handed_over'
              and d.claimed_by <> all(array(select id from processes where beat_at > $1))
            limit $2`,
    values: [deadBefore, limit],
  });
  return rows;
}

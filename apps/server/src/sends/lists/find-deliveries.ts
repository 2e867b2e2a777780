import type { Db, Pool } from '../../db/index.ts';
import { DELIVERY, DELIVERY_PARTS, type DeliveryListRow } from '../view-queries.ts';
import {
  atOneInstant,
  lookedPage,
  MOST_LOOKED,
  nothingThere,
  stretchOf,
  type LookedPage,
  type Stretch,
} from './look-back.ts';
import {
  lastLooked,
  lookedSends,
  pathOfSends,
  valuesOf,
  type Causes,
  type Path,
} from './path-of-sends.ts';

export interface DeliveryFilter extends Causes {
  contact?: number | undefined;
  send?: number | undefined;
  channels?: string[] | undefined;
  statuses?: string[] | undefined;
  uncertain?: boolean | undefined;
  reason?: string | undefined;
  /** When they were made. */
  from?: Date | undefined;
  until?: Date | undefined;
  /** Older than this one, newest first; of a message, campaign or workflow also than those of this send. */
  before?: readonly [delivery: number, send?: number | undefined] | undefined;
  limit: number;
}

/**
 * Deliveries that fit, newest first; those of a message, campaign or workflow by when they were decided. Whatever
 * the filter, one answer reads a stretch of one index, never all deliveries: what is rare comes page by page, each
 * with how far it looked.
 */
export function findDeliveries(
  db: Pool,
  filter: DeliveryFilter,
): Promise<LookedPage<DeliveryListRow>> {
  return atOneInstant(db, (tx) => find(tx, filter));
}

function find(db: Db, filter: DeliveryFilter): Promise<LookedPage<DeliveryListRow>> {
  const { contact, send, message, campaign, workflow } = filter;
  const byCause = message !== undefined || campaign !== undefined || workflow !== undefined;
  const byOther = contact !== undefined || send !== undefined || onceUncertain(filter);
  return byCause && !byOther ? findOfCause(db, filter) : findAmongAll(db, filter);
}

/** What a delivery and its send must be like: eleven values, from parameter 5 on. */
const FITS = `($5::bigint is null or s.message_id = $5)
        and ($6::bigint is null or s.campaign_id = $6)
        and ($7::bigint is null or s.workflow_id = $7)
        and ($8::bigint is null or d.send_id = $8)
        and ($9::text[] is null or d.channel = any($9))
        and ($10::text[] is null or d.status = any($10))
        and ($11::text is null or d.reason = $11)
        and ($12::timestamptz is null or d.created_at >= $12)
        and ($13::timestamptz is null or d.created_at < $13)
        and (not $14::boolean or d.uncertain_at is not null)`;

function fitting(filter: DeliveryFilter): unknown[] {
  return [
    filter.message ?? null,
    filter.campaign ?? null,
    filter.workflow ?? null,
    filter.send ?? null,
    filter.channels ?? null,
    filter.statuses ?? null,
    filter.reason ?? null,
    filter.from ?? null,
    filter.until ?? null,
    filter.uncertain ?? false,
  ];
}

async function findAmongAll(db: Db, filter: DeliveryFilter): Promise<LookedPage<DeliveryListRow>> {
  const contact = await contactOf(db, filter);
  if (filter.send !== undefined && contact === undefined) return nothingThere();
  const path = pathOf(filter, contact);
  const { begin, end } = await stretchOf(db, 'deliveries', filter);
  const before = filter.before?.[0] ?? end;
  const looked = valuesOf(filter, path, { begin, end: Math.min(end, before) });
  const { rows } = await db.query<DeliveryListRow>(
    `select ${DELIVERY}
       from (select * from deliveries d where ${path.sql} and d.id >= $3 and d.id < $4
              order by d.id desc limit ${MOST_LOOKED}) d
       join sends s on s.contact_id = d.contact_id and s.id = d.send_id
       ${DELIVERY_PARTS}
      where ${FITS}
      order by d.id desc
      limit $15`,
    [...looked, ...fitting(filter), filter.limit + 1],
  );
  return lookedPage(rows, {
    limit: filter.limit,
    position: ({ id }) => [id],
    edge: () => lastDelivery(db, path, looked),
  });
}

/**
 * Of a contact deliveries_pkey; those that are or were uncertain deliveries_uncertain; else deliveries_newest.
 */
function pathOf(filter: DeliveryFilter, contact: number | undefined): Path {
  if (contact !== undefined) {
    return { sql: 'd.workspace_id = $1 and d.contact_id = $2', value: contact };
  }
  const all = 'd.workspace_id = $1 and $2::bigint is null';
  return {
    sql: onceUncertain(filter) ? `${all} and d.uncertain_at is not null` : all,
    value: null,
  };
}

function onceUncertain({ uncertain, statuses }: DeliveryFilter): boolean {
  return uncertain === true || (statuses?.length === 1 && statuses[0] === 'uncertain');
}

/** A send's deliveries are found among its contact's. */
async function contactOf(
  db: Db,
  { workspaceId, contact, send }: DeliveryFilter,
): Promise<number | undefined> {
  if (contact !== undefined || send === undefined) return contact;
  const { rows } = await db.query<{ contact_id: number }>(
    `select contact_id from sends where workspace_id = $1 and id = $2`,
    [workspaceId, send],
  );
  return rows[0]?.contact_id;
}

async function lastDelivery(
  db: Db,
  { sql }: Path,
  looked: unknown[],
): Promise<{ next: number[]; at: Date } | undefined> {
  const { rows } = await db.query<{ id: number; at: Date }>(
    `select d.id, d.created_at as at from deliveries d
      where ${sql} and d.id >= $3 and d.id < $4
      order by d.id desc offset ${MOST_LOOKED - 1} limit 1`,
    looked,
  );
  return rows[0] && { next: [rows[0].id], at: rows[0].at };
}

/** Nothing is held for longer, so no delivery is that much younger than its send. */
const LONGEST_HELD_MS = 31 * 86_400_000;

/** So many sends of a cause are looked at: with those of others between them, each is a page of its own, or two. */
const MOST_OF_CAUSE = 5_000;

async function findOfCause(db: Db, filter: DeliveryFilter): Promise<LookedPage<DeliveryListRow>> {
  const path = pathOfSends(filter);
  const looked = valuesOf(filter, path, await stretchOfCause(db, filter));
  const [delivery, send] = filter.before ?? [];
  const { rows } = await db.query<DeliveryListRow>(
    `select ${DELIVERY}
       from ${lookedSends(path, MOST_OF_CAUSE)} s
       join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
       ${DELIVERY_PARTS}
      where ${FITS}
        and ($15::bigint is null or s.id < $15 or d.id < $16)
      order by s.id desc, d.id desc
      limit $17`,
    [...looked, ...fitting(filter), send ?? null, delivery ?? null, filter.limit + 1],
  );
  return lookedPage(rows, {
    limit: filter.limit,
    position: (row) => [row.id, row.send_id],
    async edge() {
      const last = await lastLooked(db, path, looked, MOST_OF_CAUSE);
      return last && { next: [0, last.id], at: last.at };
    },
  });
}

/** Sends of which a delivery was made in the period. */
async function stretchOfCause(
  db: Db,
  { workspaceId, from, until, before }: DeliveryFilter,
): Promise<Stretch> {
  const decided = from && new Date(from.getTime() - LONGEST_HELD_MS);
  const { begin, end } = await stretchOf(db, 'sends', { workspaceId, from: decided, until });
  const send = before?.[1];
  return { begin, end: send === undefined ? end : Math.min(end, send + 1) };
}

import type { Db, Pool } from '../../db/index.ts';
import { SEND, type SendListRow } from '../view-queries.ts';
import { atOneInstant, lookedPage, nothingThere, stretchOf, type LookedPage } from './look-back.ts';
import { lastLooked, lookedSends, pathOfSends, valuesOf, type Causes } from './path-of-sends.ts';

export interface SendFilter extends Causes {
  contact?: number | undefined;
  run?: number | undefined;
  channels?: string[] | undefined;
  statuses?: string[] | undefined;
  decisions?: string[] | undefined;
  reason?: string | undefined;
  /** When they were decided. */
  from?: Date | undefined;
  until?: Date | undefined;
  /** Older than this one, newest first. */
  before?: number | undefined;
  limit: number;
}

/**
 * Sends that fit, newest first. Whatever the filter, one answer reads a stretch of one index, which `pathOfSends`
 * chooses, never all sends: what is rare comes page by page, each with how far it looked.
 */
export function findSends(db: Pool, filter: SendFilter): Promise<LookedPage<SendListRow>> {
  return atOneInstant(db, (tx) => find(tx, filter));
}

async function find(db: Db, filter: SendFilter): Promise<LookedPage<SendListRow>> {
  const contact = await contactOf(db, filter);
  if (filter.run !== undefined && contact === undefined) return nothingThere();
  const path = pathOfSends({ ...filter, contact });
  const { begin, end } = await stretchOf(db, 'sends', filter);
  const looked = valuesOf(filter, path, { begin, end: Math.min(end, filter.before ?? end) });
  const { rows } = await db.query<SendListRow>(
    `select ${SEND}
       from ${lookedSends(path)} s
       left join messages m on m.id = s.message_id
      where ($5::bigint is null or s.message_id = $5)
        and ($6::bigint is null or s.campaign_id = $6)
        and ($7::bigint is null or s.workflow_id = $7)
        and ($8::bigint is null or s.run_id = $8)
        and ($9::text[] is null or s.channel = any($9))
        and ($10::text[] is null or s.status = any($10))
        and ($11::text[] is null or s.decision = any($11))
        and ($12::text is null or s.reason = $12)
        and ($13::timestamptz is null or s.created_at >= $13)
        and ($14::timestamptz is null or s.created_at < $14)
      order by s.id desc
      limit $15`,
    [
      ...looked,
      filter.message ?? null,
      filter.campaign ?? null,
      filter.workflow ?? null,
      filter.run ?? null,
      filter.channels ?? null,
      filter.statuses ?? null,
      filter.decisions ?? null,
      filter.reason ?? null,
      filter.from ?? null,
      filter.until ?? null,
      filter.limit + 1,
    ],
  );
  return lookedPage(rows, {
    limit: filter.limit,
    position: ({ id }) => [id],
    async edge() {
      const last = await lastLooked(db, path, looked);
      return last && { next: [last.id], at: last.at };
    },
  });
}

/** A run's sends are found among its contact's. */
async function contactOf(
  db: Db,
  { workspaceId, contact, run }: SendFilter,
): Promise<number | undefined> {
  if (contact !== undefined || run === undefined) return contact;
  const { rows } = await db.query<{ contact_id: number }>(
    `select contact_id from runs
      where workflow_id = any(array(select id from workflows where workspace_id = $1)) and id = $2`,
    [workspaceId, run],
  );
  return rows[0]?.contact_id;
}

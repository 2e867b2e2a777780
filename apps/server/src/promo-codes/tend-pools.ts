import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { appendWithin, LANES, type InboxItem } from '../inbox/index.ts';
import { expireCodes } from './code-queries.ts';

/** The event that tells of it, by the key that other systems know; it belongs to no contact. */
export const LOW_EVENT = 'alertSettingsWarningTriggerEvent';

const BUCKETS = Array.from({ length: 64 }, (_, bucket) => bucket);
const BUCKETS_AT_ONCE = 8;

interface TendedPool {
  id: number;
  workspace_id: number;
  name: string;
  warn_below: number | null;
  warned_at: Date | null;
  left: number;
  organisation: string;
}

/** Lets codes expire, and tells once when few are left in a pool. */
export async function tendPools(pool: Pool, { now }: { now: Date }): Promise<void> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from promo_pools where archived_at is null order by id`,
  );
  for (const { id } of rows) {
    for (let from = 0; from < BUCKETS.length; from += BUCKETS_AT_ONCE) {
      const buckets = BUCKETS.slice(from, from + BUCKETS_AT_ONCE);
      await inTransaction(pool, (tx) => expireCodes(tx, { poolId: id, buckets, now }), {
        retries: 3,
      });
    }
    await inTransaction(pool, (tx) => watchPool(tx, { id, now }));
  }
}

async function watchPool(tx: Tx, { id, now }: { id: number; now: Date }): Promise<void> {
  const { rows } = await tx.query<TendedPool>(
    `select p.id, p.workspace_id, p.name, p.warn_below, p.warned_at, w.name as organisation,
            p.added - p.expired - p.used_elsewhere
              - coalesce((select sum(n) from promo_taken where pool_id = p.id), 0)::bigint as left
       from promo_pools p join workspaces w on w.id = p.workspace_id
      where p.id = $1 and p.archived_at is null for no key update of p`,
    [id],
  );
  const [found] = rows;
  if (!found) return;
  const low = found.warn_below !== null && found.left < found.warn_below;
  if (low === (found.warned_at !== null)) return;
  await tx.query(`update promo_pools set warned_at = $2 where id = $1`, [id, low ? now : null]);
  if (!low) return;
  await appendWithin(tx, {
    workspaceId: found.workspace_id,
    lane: LANES.stream,
    items: [lowEvent(found, now)],
    clock: () => now,
  });
}

function lowEvent(
  { id, name, warn_below: threshold, left, organisation }: TendedPool,
  now: Date,
): InboxItem {
  return {
    kind: 'event',
    ids: [],
    event: LOW_EVENT,
    key: `promo_pool:${id}`,
    params: {
      alertLevel: 'WARNING',
      alertTrackingSourceType: 'PROMOCODE',
      alertTrackingSourceName: name,
      threshold,
      actualCount: left,
      organisationName: organisation,
    },
    at: now.getTime(),
    source: 'system',
    ownTime: false,
    createContact: false,
  };
}

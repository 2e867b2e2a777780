import type { Tx } from '../db/index.ts';

/** A run at a block that wants a code. */
export interface CodeWish {
  workspaceId: number;
  contactId: number;
  /** Of the contact; the transaction owns it. */
  slot: number;
  poolId: number;
  /** The code must not expire before. */
  livesUntil: number;
  runId: number;
  workflowId: number;
  block: string;
}

export interface TakenCode {
  id: number;
  code: string;
  expiresAt: Date | null;
  pool: string;
  type: string | null;
  discount: number | null;
}

const BUCKETS = 64;

/**
 * Takes one unused code for each wish, with the transaction's steps: who aborts has taken none. Codes
 * lie in buckets, and each slot looks into its own first, so that slots rarely meet. Undefined: the pool
 * has none that lives long enough. In the order of the wishes.
 */
export async function takeCodes(
  tx: Tx,
  { wishes, now }: { wishes: readonly CodeWish[]; now: Date },
): Promise<(TakenCode | undefined)[]> {
  const given = new Map<CodeWish, TakenCode>();
  const groups = Map.groupBy(
    wishes,
    ({ workspaceId, poolId, livesUntil }) => `${workspaceId} ${poolId} ${livesUntil}`,
  );
  for (const group of groups.values()) {
    const [{ workspaceId, poolId }] = group as [CodeWish];
    const pool = await findOpenPool(tx, { workspaceId, poolId });
    if (!pool) continue;
    const codes = await takeFrom(tx, group, now);
    codes.forEach(({ expires_at: expiresAt, ...code }, i) =>
      given.set(group[i]!, { ...code, expiresAt, ...pool }),
    );
  }
  await noteTaken(tx, { given, now });
  return wishes.map((wish) => given.get(wish));
}

async function findOpenPool(
  tx: Tx,
  { workspaceId, poolId }: { workspaceId: number; poolId: number },
): Promise<Pick<TakenCode, 'pool' | 'type' | 'discount'> | undefined> {
  const { rows } = await tx.query<Pick<TakenCode, 'pool' | 'type' | 'discount'>>({
    name: 'find_open_promo_pool',
    text: `select name as pool, type, discount::float8 as discount from promo_pools
            where workspace_id = $1 and id = $2 and archived_at is null`,
    values: [workspaceId, poolId],
  });
  return rows[0];
}

interface CodeRow {
  id: number;
  code: string;
  expires_at: Date | null;
}

/**
 * As many codes as there are wishes, or all that are left. What others are taking right now counts as
 * taken: should they abort, they try again themselves.
 */
async function takeFrom(tx: Tx, wishes: readonly CodeWish[], now: Date): Promise<CodeRow[]> {
  const [{ poolId, livesUntil, slot }] = wishes as [CodeWish];
  const from = { poolId, livesUntil: new Date(livesUntil), now };
  const own = slot % BUCKETS;
  const codes = await takeInBucket(tx, { ...from, bucket: own, limit: wishes.length });
  if (codes.length === wishes.length) return codes;
  for (const bucket of await filledBuckets(tx, { ...from, own })) {
    const limit = wishes.length - codes.length;
    if (limit === 0) break;
    codes.push(...(await takeInBucket(tx, { ...from, bucket, limit })));
  }
  return codes;
}

interface Search {
  poolId: number;
  livesUntil: Date;
  now: Date;
}

/** The codes that expire first. Index promo_codes_free. */
async function takeInBucket(
  tx: Tx,
  { poolId, livesUntil, now, bucket, limit }: Search & { bucket: number; limit: number },
): Promise<CodeRow[]> {
  const { rows } = await tx.query<CodeRow>({
    name: 'take_promo_codes',
    text: `with taken as (
             select id from promo_codes
              where pool_id = $1 and bucket = $2 and state = 'free' and expires_at >= $3 and expires_at > $5
              order by expires_at, id
              limit $4
                for update skip locked
           )
           update promo_codes c set state = 'used', used_at = $5
             from taken where c.pool_id = $1 and c.id = taken.id
           returning c.id, c.code, nullif(c.expires_at, 'infinity') as expires_at`,
    values: [poolId, bucket, livesUntil, limit, now],
  });
  return rows.toSorted((a, b) => a.id - b.id);
}

/** Buckets in which codes are left, the neighbours of the own one first. Index promo_codes_free. */
async function filledBuckets(
  tx: Tx,
  { poolId, livesUntil, now, own }: Search & { own: number },
): Promise<number[]> {
  const { rows } = await tx.query<{ bucket: number }>({
    name: 'filled_promo_buckets',
    text: `select bucket from generate_series(0, 63) as bucket
            where exists (select from promo_codes c
                           where c.pool_id = $1 and c.bucket = bucket::smallint and c.state = 'free'
                             and c.expires_at >= $2 and c.expires_at > $3)`,
    values: [poolId, livesUntil, now],
  });
  const distance = (bucket: number): number => (bucket - own + BUCKETS) % BUCKETS;
  return rows.map(({ bucket }) => bucket).toSorted((a, b) => distance(a) - distance(b));
}

/** Who got which, and how many each slot took. */
async function noteTaken(
  tx: Tx,
  { given, now }: { given: ReadonlyMap<CodeWish, TakenCode>; now: Date },
): Promise<void> {
  if (given.size === 0) return;
  const grants = [...given];
  await tx.query({
    name: 'insert_promo_grants',
    text: `insert into promo_grants (contact_id, id, workspace_id, pool_id, code_id, run_id, workflow_id, block, taken_at)
           select contact_id, nextval('promo_grant_ids'), workspace_id, pool_id, code_id, run_id, workflow_id, block, $8
             from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])
                  as row (contact_id, workspace_id, pool_id, code_id, run_id, workflow_id, block)`,
    values: [
      grants.map(([wish]) => wish.contactId),
      grants.map(([wish]) => wish.workspaceId),
      grants.map(([wish]) => wish.poolId),
      grants.map(([, code]) => code.id),
      grants.map(([wish]) => wish.runId),
      grants.map(([wish]) => wish.workflowId),
      grants.map(([wish]) => wish.block),
      now,
    ],
  });
  const counts = Map.groupBy(grants, ([{ poolId, slot }]) => `${poolId} ${slot}`);
  const rows = [...counts.values()].map((some) => ({ ...some[0]![0], n: some.length }));
  await tx.query({
    name: 'count_taken_promo_codes',
    text: `insert into promo_taken as t (pool_id, slot, n)
           select * from unnest($1::bigint[], $2::int[], $3::bigint[])
               on conflict on constraint promo_taken_pkey do update set n = t.n + excluded.n`,
    values: [
      rows.map(({ poolId }) => poolId),
      rows.map(({ slot }) => slot),
      rows.map(({ n }) => n),
    ],
  });
}

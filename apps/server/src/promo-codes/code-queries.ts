import type { PROMO_CODE_STATES } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';

type CodeState = (typeof PROMO_CODE_STATES)[number];

/** A code to be added; without an expiration it gets its pool's. */
export interface NewCode {
  code: string;
  expiresAt: Date | null;
}

/**
 * Adds codes that the workspace does not have, and answers those. They lie in buckets of 256, one after
 * the other: of a small pool all are near each other, in a large one each slot has some for itself.
 */
export async function insertCodes(
  tx: Tx,
  {
    workspaceId,
    poolId,
    codes,
    before,
    used,
    now,
  }: {
    workspaceId: number;
    poolId: number;
    codes: readonly NewCode[];
    /** How many the pool has. */
    before: number;
    used: boolean;
    now: Date;
  },
): Promise<Set<string>> {
  const { rows } = await tx.query<{ code: string }>({
    name: 'insert_promo_codes',
    text: `insert into promo_codes (pool_id, workspace_id, code, expires_at, bucket, state, added_at, used_at)
           select $1, $2, row.code, coalesce(row.expires_at, 'infinity'), ((row.n - 1 + $8::bigint) / 256 % 64)::smallint, $5, $6, $7
             from unnest($3::text[], $4::timestamptz[]) with ordinality as row (code, expires_at, n)
               on conflict on constraint promo_codes_code do nothing
           returning code`,
    values: [
      poolId,
      workspaceId,
      codes.map(({ code }) => code),
      codes.map(({ expiresAt }) => expiresAt),
      used ? 'used' : 'free',
      now,
      used ? now : null,
      before,
    ],
  });
  return new Set(rows.map(({ code }) => code));
}

/** A code with who got it. */
export interface CodeRow {
  id: number;
  code: string;
  state: CodeState;
  expires_at: Date | null;
  added_at: Date;
  used_at: Date | null;
  contact_id: number | null;
  workflow_id: number | null;
  run_id: number | null;
}

/** In the order in which they were added. Index promo_codes_pkey; of one code, promo_codes_code. */
export async function listCodes(
  db: Db,
  {
    workspaceId,
    poolId,
    ...filter
  }: {
    workspaceId: number;
    poolId: number;
    states?: readonly CodeState[] | undefined;
    search?: string | undefined;
    after?: number | undefined;
    limit: number;
  },
): Promise<CodeRow[]> {
  const { rows } = await db.query<CodeRow>(
    `select c.id, c.code, c.state, nullif(c.expires_at, 'infinity') as expires_at, c.added_at, c.used_at,
            g.contact_id, g.workflow_id, g.run_id
       from promo_codes c
       left join promo_grants g on g.pool_id = c.pool_id and g.code_id = c.id
      where c.pool_id = $1 and c.workspace_id = $2
        and ($3::text[] is null or c.state = any($3))
        and ($4::text is null or c.code = $4)
        and c.id > $5
      order by c.id
      limit $6`,
    [
      poolId,
      workspaceId,
      filter.states ?? null,
      filter.search ?? null,
      filter.after ?? 0,
      filter.limit,
    ],
  );
  return rows;
}

/** A code that a contact got. */
export interface ContactCodeRow {
  code: string;
  pool_id: number;
  pool_name: string;
  discount: number | null;
  expires_at: Date | null;
  taken_at: Date;
  workflow_id: number;
  run_id: number;
  block: string;
}

/** Newest first. Index promo_grants_pkey. */
export async function codesOfContact(
  db: Db,
  { workspaceId, contactId }: { workspaceId: number; contactId: number },
): Promise<ContactCodeRow[]> {
  const { rows } = await db.query<ContactCodeRow>(
    `select c.code, p.id as pool_id, p.name as pool_name, p.discount::float8 as discount,
            nullif(c.expires_at, 'infinity') as expires_at, g.taken_at, g.workflow_id, g.run_id, g.block
       from promo_grants g
       join promo_pools p on p.id = g.pool_id
       join promo_codes c on c.pool_id = g.pool_id and c.id = g.code_id
      where g.contact_id = $1 and g.workspace_id = $2
      order by g.id desc limit 200`,
    [contactId, workspaceId],
  );
  return rows;
}

/** Codes whose time is over are nobody's any more. Index promo_codes_free, by pool and bucket. */
export async function expireCodes(
  tx: Tx,
  { poolId, buckets, now }: { poolId: number; buckets: readonly number[]; now: Date },
): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'expire_promo_codes',
    text: `update promo_codes set state = 'expired'
            where pool_id = $1 and bucket = any($2::smallint[]) and state = 'free' and expires_at <= $3`,
    values: [poolId, buckets, now],
  });
  const expired = rowCount ?? 0;
  if (expired > 0) {
    await tx.query(`update promo_pools set expired = expired + $2 where id = $1`, [
      poolId,
      expired,
    ]);
  }
  return expired;
}

import type { Db, Tx } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import { createPool } from './save-pool.ts';

/** How callers that know no pools ask for codes. */
export interface CodeTerms {
  type?: string | undefined;
  discount?: number | undefined;
  used?: boolean | undefined;
  /** Good until then at least. */
  livesUntil?: Date | undefined;
}

const MATCHING = `from promo_codes c join promo_pools p on p.id = c.pool_id
      where c.workspace_id = $1
        and ($2::text is null or p.type = $2)
        and ($3::numeric is null or p.discount = $3)
        and ($4::boolean is null or (c.state = 'used') = $4)
        and ($5::timestamptz is null or c.expires_at >= $5)`;

function valuesOf(workspaceId: number, { type, discount, used, livesUntil }: CodeTerms): unknown[] {
  return [workspaceId, type ?? null, discount ?? null, used ?? null, livesUntil ?? null];
}

export interface CodeByTerms {
  code: string;
  type: string | null;
  discount: number | null;
  expires_at: Date | null;
  used: boolean;
}

/** Codes of all pools, in the order in which they were added. */
export async function findCodesByTerms(
  db: Db,
  {
    workspaceId,
    terms,
    offset,
    limit,
  }: { workspaceId: number; terms: CodeTerms; offset: number; limit: number },
): Promise<CodeByTerms[]> {
  const { rows } = await db.query<CodeByTerms>(
    `select c.code, p.type, p.discount::float8 as discount, nullif(c.expires_at, 'infinity') as expires_at,
            c.state = 'used' as used
       ${MATCHING} order by c.pool_id, c.id offset $6 limit $7`,
    [...valuesOf(workspaceId, terms), offset, limit],
  );
  return rows;
}

export async function countByTerms(
  db: Db,
  { workspaceId, terms }: { workspaceId: number; terms: CodeTerms },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n ${MATCHING}`,
    valuesOf(workspaceId, terms),
  );
  return rows[0]!.n;
}

/** The pool that holds codes of these terms: the first there is, else one that is made for them. */
export async function poolForTerms(
  tx: Tx,
  {
    workspaceId,
    type,
    discount,
    by,
  }: { workspaceId: number; type: string | null; discount: number; by: Origin },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `select id from promo_pools
      where workspace_id = $1 and type is not distinct from $2 and discount = $3 and archived_at is null
      order by id limit 1`,
    [workspaceId, type, discount],
  );
  if (rows[0]) return rows[0].id;
  const name = type === null ? `Discount ${discount}` : `Type ${type}, discount ${discount}`;
  for (let n = 1; n < 100; n += 1) {
    const wanted = n === 1 ? name : `${name} (${n})`;
    const made = await tryCreate(tx, { workspaceId, type, discount, by, name: wanted });
    if (made !== undefined) return made;
  }
  throw new Problem('conflict', { detail: `There are too many pools called "${name}".` });
}

async function tryCreate(
  tx: Tx,
  pool: {
    workspaceId: number;
    name: string;
    type: string | null;
    discount: number;
    by: Origin;
  },
): Promise<number | undefined> {
  try {
    return (await createPool(tx, { ...pool, expires_at: null, warn_below: null })).id;
  } catch (error) {
    if (error instanceof Problem && error.code === 'already_exists') return undefined;
    throw error;
  }
}

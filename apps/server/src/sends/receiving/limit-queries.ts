import type { Db, Tx } from '../../db/index.ts';

export interface ReceivingLimit {
  /** Several that are one to the receiver: `gmail.com`, `googlemail.com`. */
  domains: string[];
  rate_per_second: number | null;
  connections: number | null;
}

export interface ReceivingSlowdown {
  domain: string;
  rate_per_second: number;
  answer: string;
  at: Date;
}

export async function findLimits(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<ReceivingLimit[]> {
  const { rows } = await db.query<{ limits: ReceivingLimit[] }>(
    `select limits from receiving_limits where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.limits ?? [];
}

export async function writeLimits(
  tx: Tx,
  { workspaceId, limits, now }: { workspaceId: number; limits: ReceivingLimit[]; now: Date },
): Promise<void> {
  await tx.query(
    `insert into receiving_limits (workspace_id, limits, updated_at) values ($1, $2, $3)
     on conflict (workspace_id) do update set limits = excluded.limits, updated_at = excluded.updated_at`,
    [workspaceId, JSON.stringify(limits), now],
  );
}

/** What senders told lately; who died cannot take its word back. */
export async function listSlowdowns(
  db: Db,
  { workspaceId, since }: { workspaceId: number; since: Date },
): Promise<ReceivingSlowdown[]> {
  const { rows } = await db.query<ReceivingSlowdown>(
    `select domain, rate_per_second, answer, at from receiving_slowdowns
      where workspace_id = $1 and at >= $2 order by at desc, domain limit 100`,
    [workspaceId, since],
  );
  return rows;
}

export async function tellSlowdown(
  db: Db,
  { workspaceId, slowdown }: { workspaceId: number; slowdown: ReceivingSlowdown },
): Promise<void> {
  await db.query(
    `insert into receiving_slowdowns (workspace_id, domain, rate_per_second, answer, at)
     values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, domain) do update
        set rate_per_second = excluded.rate_per_second, answer = excluded.answer, at = excluded.at`,
    [workspaceId, slowdown.domain, slowdown.rate_per_second, slowdown.answer, slowdown.at],
  );
}

export async function forgetSlowdown(
  db: Db,
  { workspaceId, domain }: { workspaceId: number; domain: string },
): Promise<void> {
  await db.query(`delete from receiving_slowdowns where workspace_id = $1 and domain = $2`, [
    workspaceId,
    domain,
  ]);
}

/** What waits for its receiving domain, each until its own instant; others go meanwhile. */
export async function holdForDomains(
  db: Db,
  { held }: { held: readonly { contactId: number; id: number; until: Date }[] },
): Promise<void> {
  if (held.length === 0) return;
  await db.query({
    name: 'hold_for_domains',
    text: `update deliveries d set due_at = row.until, reason = 'receiving domain limit'
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as row (contact_id, id, until)
            where d.contact_id = row.contact_id and d.id = row.id and d.state = 'planned'`,
    values: [
      held.map(({ contactId }) => contactId),
      held.map(({ id }) => id),
      held.map(({ until }) => until),
    ],
  });
}

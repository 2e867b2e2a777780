import type { Db } from '../../db/index.ts';

/** How many providers and sender domains have this return address. There are few of them. */
export async function findReturnAddresses(
  db: Db,
  { address }: { address: string },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select (select count(*) from providers where lower(settings ->> 'bounce_address') = lower($1))
            + (select count(*) from sender_domains where 'bounces@' || return_domain = lower($1)) as n`,
    [address],
  );
  return rows[0]!.n;
}

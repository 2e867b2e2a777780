import type { Db } from '../../db/index.ts';

/** How many providers have this return address. There are few providers. */
export async function findReturnAddresses(
  db: Db,
  { address }: { address: string },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from providers where lower(settings ->> 'bounce_address') = lower($1)`,
    [address],
  );
  return rows[0]!.n;
}

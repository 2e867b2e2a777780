import type { Db } from '../db/index.ts';

/** One spelling for what devices call their platform; some name only their system. */
export const PLATFORM = 'lower(coalesce(d.platform, d.os_type))';

/** The platforms of the contact of a row of `contacts` as a JSON array, null without any; index devices_pkey. */
export const PLATFORMS_OF_CONTACT = `(select jsonb_agg(distinct ${PLATFORM}) from devices d
             where d.contact_id = contacts.id and coalesce(d.platform, d.os_type) is not null)`;

/** What the devices of contacts run, the last seen first; index devices_pkey. */
export async function readPlatforms(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<Map<number, string[]>> {
  const { rows } = await db.query<{ contact_id: number; platforms: string[] }>(
    `select contact_id, array_agg(platform order by seen desc, platform) as platforms
       from (select d.contact_id, ${PLATFORM} as platform, max(d.last_seen_at) as seen
               from devices d
              where d.contact_id = any($1) and coalesce(d.platform, d.os_type) is not null
              group by 1, 2) platform_of_contact
      group by contact_id`,
    [contactIds],
  );
  return new Map(rows.map((row) => [row.contact_id, row.platforms]));
}

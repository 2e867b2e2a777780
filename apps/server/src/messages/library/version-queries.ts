import { personalisationSchema, type Personalisation } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';

export interface VersionOfMessage {
  version: number;
  content: Record<string, JsonObject>;
  personalisation: Personalisation;
  created_at: Date;
  created_by: string | null;
  restored_from: number | null;
}

/** Newest first. Index: message_versions_pkey, read backwards. */
export async function listVersions(
  db: Db,
  { messageId, before, limit }: { messageId: number; before?: number | undefined; limit: number },
): Promise<VersionOfMessage[]> {
  const { rows } = await db.query<VersionOfMessage>(
    `select version, content, personalisation, created_at, created_by, restored_from
       from message_versions
      where message_id = $1 and ($2::integer is null or version < $2)
      order by version desc
      limit $3`,
    [messageId, before ?? null, limit],
  );
  return rows.map(whole);
}

export async function findVersion(
  db: Db,
  { messageId, version }: { messageId: number; version: number },
): Promise<VersionOfMessage | undefined> {
  const { rows } = await db.query<VersionOfMessage>(
    `select version, content, personalisation, created_at, created_by, restored_from
       from message_versions where message_id = $1 and version = $2`,
    [messageId, version],
  );
  return rows.map(whole)[0];
}

/** With the defaults of what nobody chose. */
function whole(row: VersionOfMessage): VersionOfMessage {
  return { ...row, personalisation: personalisationSchema.parse(row.personalisation) };
}

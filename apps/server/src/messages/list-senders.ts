import type { Db } from '../db/index.ts';

/** Whom the newest versions of a channel's messages are from, in any language. */
export async function listSenders(
  db: Db,
  { workspaceId, channel }: { workspaceId: number; channel: string },
): Promise<string[]> {
  const { rows } = await db.query<{ sender: string }>(
    `select distinct language.content ->> 'from' as sender
       from messages m
       join message_versions v on v.message_id = m.id and v.version = m.version
      cross join lateral jsonb_each(v.content) as language (code, content)
      where m.workspace_id = $1 and m.channel = $2 and m.archived_at is null
        and language.content ->> 'from' <> ''
      order by sender
      limit 500`,
    [workspaceId, channel],
  );
  return rows.map((row) => row.sender);
}

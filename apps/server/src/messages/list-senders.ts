import type { Db } from '../db/index.ts';

/**
 * Whom messages of a channel may be from: the senders that were set up, and whom the newest versions
 * name, in any language.
 */
export async function listSenders(
  db: Db,
  { workspaceId, channel }: { workspaceId: number; channel: string },
): Promise<string[]> {
  const { rows } = await db.query<{ sender: string }>(
    `select case when name = '' then address
                 when name ~ '^[[:alnum:] _-]+$' then format('%s <%s>', name, address)
                 else format('"%s" <%s>', regexp_replace(name, '(["\\\\])', '\\\\\\1', 'g'), address) end as sender
       from senders
      where workspace_id = $1 and $2 = 'email'
      union
     select language.content ->> 'from'
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

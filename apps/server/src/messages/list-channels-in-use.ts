import type { Db } from '../db/index.ts';

/** The channels for which the workspace has written messages. Index: messages_key. */
export async function listChannelsInUse(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<string[]> {
  const { rows } = await db.query<{ channel: string }>(
    `select distinct channel from messages where workspace_id = $1 and archived_at is null`,
    [workspaceId],
  );
  return rows.map((row) => row.channel);
}

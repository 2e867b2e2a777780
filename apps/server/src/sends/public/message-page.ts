import type { Db, Pool } from '../../db/index.ts';
import { previewMessage, type RecipientToken, type RenderPool } from '../../messages/index.ts';
import type { WorkspaceNames } from '../senders/workspace-names.ts';

/** Whoever opens it is nobody in particular, and shall see it all the same. */
const FOR_ANYBODY = { on_missing: 'empty', on_fetch_failure: 'empty' } as const;

/** The e-mail as it is now, without anybody's data; undefined if it is not there any more. */
export async function messageHtml(
  db: Pool,
  { renderPool, workspaces }: { renderPool: RenderPool; workspaces: WorkspaceNames },
  { token, now }: { token: RecipientToken; now: Date },
): Promise<string | undefined> {
  const { workspaceId, deliveryId: id } = token;
  if (!(await isShown(db, { workspaceId, id }))) return undefined;
  const { content } = await previewMessage(
    db,
    { renderPool },
    {
      workspace: await workspaces.get(workspaceId),
      id,
      personalisation: FOR_ANYBODY,
      mayFetch: true,
      now,
    },
  );
  const html = content?.['html'];
  return typeof html === 'string' ? html : undefined;
}

async function isShown(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from messages
      where workspace_id = $1 and id = $2 and channel = 'email' and archived_at is null`,
    [workspaceId, id],
  );
  return rowCount === 1;
}

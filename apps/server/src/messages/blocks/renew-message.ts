import { writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Origin } from '../../http/index.ts';
import { checkContent } from '../check-content.ts';
import { findMessage, insertVersion, lockMessage, updateMessage } from '../queries.ts';
import type { RenderPool } from '../rendering/render-pool.ts';
import { keepBlocks, versionsOf } from './keep-blocks.ts';
import { blocksOf } from './load-blocks.ts';

/**
 * A new version of a message with the same content and the newest blocks; throws a `Problem` if they do
 * not fit. Nobody changes the message meanwhile.
 */
export async function renewMessage(
  tx: Tx,
  { renderPool }: { renderPool: RenderPool },
  {
    message: { id, workspace_id: workspaceId },
    by,
  }: {
    message: { id: number; workspace_id: number };
    by: Origin;
  },
): Promise<void> {
  if (!(await lockMessage(tx, { workspaceId, id }))) return;
  const before = await findMessage(tx, { workspaceId, id });
  if (!before) return;
  const { channel, content, default_language: defaultLanguage, name, sending } = before;
  const { compiled, blocks } = await checkContent(
    { renderPool, findBlocks: blocksOf(tx, { workspaceId }) },
    { channel, content, defaultLanguage },
  );
  const version = before.version + 1;
  const now = by.at;
  await insertVersion(tx, {
    messageId: id,
    version,
    content,
    compiled,
    blocks: versionsOf(blocks),
    personalisation: before.personalisation,
    now,
    by: by.actor.name,
  });
  await keepBlocks(tx, { messageId: id, blocks });
  const archivedAt = before.archived_at;
  await updateMessage(tx, { id, name, defaultLanguage, version, archivedAt, sending, now });
  await writeAudit(tx, {
    by,
    action: 'message.renew',
    object: { kind: 'message', id },
    before: { version: before.version },
    after: { version, blocks: versionsOf(blocks) },
  });
}

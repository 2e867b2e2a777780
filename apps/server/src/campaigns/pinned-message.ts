import type { Db } from '../db/index.ts';
import type { SendItem } from '../inbox/index.ts';
import { loadVersion } from '../messages/index.ts';
import type { CampaignRow } from './queries.ts';

/** What a campaign that was started sends. */
export async function messageOf(
  db: Db,
  { id, message_id: messageId, message_version: version }: CampaignRow,
): Promise<Pick<SendItem, 'message' | 'channel'>> {
  const found =
    messageId === null || version === null
      ? undefined
      : await loadVersion(db, { messageId, version });
  if (!found) throw new Error(`Campaign ${id} was started without a message.`);
  return { message: { id: found.message_id, version: found.version }, channel: found.channel };
}

import type { Db } from '../db/index.ts';
import type { SendItem } from '../inbox/index.ts';
import { loadVersion } from '../messages/index.ts';
import type { CampaignRow } from './queries.ts';

type Pinned = Pick<SendItem, 'message' | 'channel'>;

/** What a campaign that was started sends, by variant. */
export async function messagesOf(db: Db, campaign: CampaignRow): Promise<Pinned[]> {
  const { message_id: first, message_version: version, split, other_versions: others } = campaign;
  const pinned = [await load(db, campaign, first, version)];
  for (const [i, id] of (split?.others ?? []).entries()) {
    pinned.push(await load(db, campaign, id, others?.[i] ?? null));
  }
  return pinned;
}

async function load(
  db: Db,
  { id }: CampaignRow,
  messageId: number | null,
  version: number | null,
): Promise<Pinned> {
  const found =
    messageId === null || version === null
      ? undefined
      : await loadVersion(db, { messageId, version });
  if (!found) throw new Error(`Campaign ${id} was started without a message.`);
  return { message: { id: found.message_id, version: found.version }, channel: found.channel };
}

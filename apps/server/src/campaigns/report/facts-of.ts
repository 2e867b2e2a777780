import type { Db } from '../../db/index.ts';
import { readTypeIds } from '../../events/index.ts';
import type { CampaignRow } from '../queries.ts';
import type { Asked } from './report-queries.ts';

/** No type has this ID: nothing of the kind ever happened. */
const NO_TYPE = 0;

export interface AskedFacts extends Asked {
  sent: number;
  /** Of all events that tell of messages. */
  told: number[];
  /** Of the event by which messages are compared; undefined: by none. */
  goal: number | undefined;
}

/** What is told of sends of a campaign, and since when. */
export async function factsOf(
  db: Db,
  {
    id,
    workspace_id: workspaceId,
    message_id: messageId,
    started_at: startedAt,
    created_at: createdAt,
    split,
  }: CampaignRow,
): Promise<AskedFacts> {
  const types = await readTypeIds(db, { workspaceId });
  const typeOf = (key: string): number => types.get(key) ?? NO_TYPE;
  return {
    campaignId: id,
    messages: [messageId, ...(split?.others ?? [])].filter((message) => message !== null),
    sent: typeOf('MessageSent'),
    told: [...types].flatMap(([key, id]) => (key.startsWith('Message') ? [id] : [])),
    opened: typeOf('MessageOpened'),
    clicked: typeOf('MessageClicked'),
    goal: split?.test?.by === 'event' ? typeOf(split.test.event ?? '') : undefined,
    from: startedAt ?? createdAt,
    machines: false,
  };
}

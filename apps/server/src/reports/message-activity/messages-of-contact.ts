import type { DeliveryStatus } from '@perennial/channels';
import type { Db } from '../../db/index.ts';

/** A message that a contact was sent, or was not, and why. */
export interface MessageOfContact {
  send_id: number;
  message_id: number;
  message_name: string;
  channel: string;
  language: string | null;
  decision: 'sent' | 'held' | 'refused';
  reason: string | null;
  status: DeliveryStatus | null;
  created_at: Date;
  campaign_id: number | null;
  workflow_id: number | null;
  run_id: number | null;
  block: string | null;
  external_request_id: string | null;
  address: string | null;
  status_at: Date | null;
}

/** Newest first; tests are none. Indexes: sends_pkey, deliveries_pkey. */
export async function messagesOfContact(
  db: Db,
  {
    workspaceId,
    contactId,
    from,
    to,
    channels,
    offset,
    limit,
  }: {
    workspaceId: number;
    contactId: number;
    from: Date;
    to: Date;
    channels: readonly string[] | undefined;
    offset: number;
    limit: number;
  },
): Promise<MessageOfContact[]> {
  const { rows } = await db.query<MessageOfContact>(
    `select s.id as send_id, s.message_id, m.name as message_name, s.channel, s.language, s.decision, s.reason,
            s.status, s.created_at, s.campaign_id, s.workflow_id, s.run_id, s.block,
            r.external_id as external_request_id,
            (select d.address from deliveries d
              where d.contact_id = s.contact_id and d.send_id = s.id order by d.id limit 1) as address,
            (select max(d.status_at) from deliveries d
              where d.contact_id = s.contact_id and d.send_id = s.id) as status_at
       from sends s
       join messages m on m.id = s.message_id
       left join send_requests r on r.id = s.request_id
      where s.contact_id = $2 and s.workspace_id = $1 and not s.test
        and s.created_at >= $3 and s.created_at < $4
        and ($5::text[] is null or s.channel = any($5))
      order by s.id desc
     offset $6 limit $7`,
    [workspaceId, contactId, from, to, channels ?? null, offset, limit],
  );
  return rows;
}

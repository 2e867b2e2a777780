import type { Db } from '../db/index.ts';

/**
 * When each message was sent last; those that never were are not in it. A statement a message, for
 * a cluster refuses to look for the newest of many: each reads one entry of sends_by_message.
 */
export async function findLastSent(
  db: Db,
  { messageIds }: { messageIds: readonly number[] },
): Promise<Map<number, Date>> {
  const last = new Map<number, Date>();
  for (const messageId of messageIds) {
    const { rows } = await db.query<{ created_at: Date }>({
      name: 'find_last_sent',
      text: `select created_at from sends
              where message_id = $1 and decision = 'sent' and not test
              order by id desc limit 1`,
      values: [messageId],
    });
    if (rows[0]) last.set(messageId, rows[0].created_at);
  }
  return last;
}

const MOST_COUNTED = 10_000;

export interface SentCount {
  total: number;
  /** Neither by a workflow nor by a campaign. */
  by_api: number;
  /** There are more than were counted. */
  at_least: boolean;
}

/** Sends of a message since then, tests aside. Reads the newest ones of sends_by_message. */
export async function countSent(
  db: Db,
  { messageId, since }: { messageId: number; since: Date },
): Promise<SentCount> {
  const { rows } = await db.query<{ total: number; by_api: number; read: number }>(
    `select count(*) filter (where sent)::int as total,
            count(*) filter (where sent and workflow_id is null and campaign_id is null)::int as by_api,
            count(*) filter (where created_at >= $2)::int as read
       from (select created_at, workflow_id, campaign_id,
                    created_at >= $2 and decision = 'sent' and not test as sent
               from sends where message_id = $1
              order by id desc limit $3) as newest`,
    [messageId, since, MOST_COUNTED],
  );
  const { total, by_api, read } = rows[0]!;
  return { total, by_api, at_least: read === MOST_COUNTED };
}

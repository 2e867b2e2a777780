import type { Db } from '../db/index.ts';

/** Of so many messages at once. */
const AT_ONCE = 100;

/**
 * When each message was sent last; those that never were are not in it. A part of a statement for
 * each, because a cluster refuses to look for the newest of many: each reads one entry of
 * sends_by_message.
 */
export async function findLastSent(
  db: Db,
  { messageIds }: { messageIds: readonly number[] },
): Promise<Map<number, Date>> {
  const last = new Map<number, Date>();
  for (let at = 0; at < messageIds.length; at += AT_ONCE) {
    const ids = messageIds.slice(at, at + AT_ONCE);
    const { rows } = await db.query<{ message_id: number; created_at: Date }>(
      ids.map((_, i) => newestOf(`$${i + 1}`)).join(' union all '),
      ids,
    );
    for (const row of rows) last.set(row.message_id, row.created_at);
  }
  return last;
}

function newestOf(messageId: string): string {
  return `(select message_id, created_at from sends
            where message_id = ${messageId}::bigint and decision = 'sent' and not test
            order by id desc limit 1)`;
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

import { idSince, type Db } from '../db/index.ts';

interface Asked {
  workspaceId: number;
  channel?: string | undefined;
  messageId?: number | undefined;
  /** Of messages with this tag. */
  tagId?: number | undefined;
  from: Date;
  /** Excluded. */
  to: Date;
}

/** IDs are given a little later than the instants at which sends are made: after this they are in order. */
const ORDER_SLACK_MS = 3_600_000;

/**
 * Sends that were made in earnest, by quarter of an hour (the instant at which it begins). A stretch of
 * the index sends_newest; of named messages, of sends_by_message.
 */
export async function countSendQuarters(db: Db, asked: Asked): Promise<Map<number, number>> {
  const { workspaceId, channel, messageId, tagId, from, to } = asked;
  const ids = await stretchOf(db, asked);
  if (!ids) return new Map();
  const { rows } = await db.query<{ at: Date; n: number }>(
    `select date_bin('15 minutes', created_at, 'epoch') as at, count(*)::integer as n
       from sends
      where workspace_id = $1 and id >= $2 and id < $3 and created_at >= $4 and created_at < $5
        and decision = 'sent' and not test
        and ($6::text is null or channel = $6)
        and ($7::bigint is null or message_id = $7)
        and ($8::bigint is null
             or message_id = any(array(select object_id from tag_links where tag_id = $8 and object_kind = 'message')))
      group by 1`,
    [workspaceId, ...ids, from, to, channel ?? null, messageId ?? null, tagId ?? null],
  );
  return new Map(rows.map(({ at, n }) => [at.getTime(), n]));
}

async function stretchOf(
  db: Db,
  { workspaceId, from, to }: Asked,
): Promise<[number, number] | undefined> {
  const { rows } = await db.query<{ first: number | null; last: number | null }>(
    `select (select id from sends where workspace_id = $1 order by id limit 1) as first,
            (select id from sends where workspace_id = $1 order by id desc limit 1) as last`,
    [workspaceId],
  );
  const { first, last } = rows[0]!;
  if (first === null || last === null) return undefined;
  const since = (at: number): Promise<number> =>
    idSince(new Date(at), { first, last, next: (id) => firstFrom(db, workspaceId, id) });
  return [await since(from.getTime() - ORDER_SLACK_MS), await since(to.getTime() + ORDER_SLACK_MS)];
}

async function firstFrom(
  db: Db,
  workspaceId: number,
  id: number,
): Promise<{ id: number; at: Date } | undefined> {
  const { rows } = await db.query<{ id: number; at: Date }>({
    name: 'first_send_from',
    text: `select id, created_at as at from sends where workspace_id = $1 and id >= $2 order by id limit 1`,
    values: [workspaceId, id],
  });
  return rows[0];
}

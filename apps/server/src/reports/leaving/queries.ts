import type { Db } from '../../db/index.ts';

export interface Period {
  workspaceId: number;
  from: Date;
  to: Date;
}

export interface LeftRow {
  channel: string;
  reason: string | null;
  message_id: number | null;
  count: number;
}

/**
 * Refusals of a period by channel, reason and the message that they came from. Who took them back
 * since is counted all the same: they left then. Indexes: events_by_type, sends_pkey.
 */
export async function countLeft(
  db: Db,
  { workspaceId, from, to }: Period,
  { typeIds }: { typeIds: readonly number[] },
): Promise<LeftRow[]> {
  const { rows } = await db.query<LeftRow>(
    `select e.params ->> 'channel' as channel, nullif(e.params ->> 'details', '') as reason, s.message_id,
            count(*)::integer as count
       from events e
       left join sends s on s.contact_id = e.contact_id and s.id::text = e.params ->> 'send'
      where e.event_type_id = any($1::bigint[]) and e.workspace_id = $2
        and e.occurred_at >= $3 and e.occurred_at < $4
      group by 1, 2, 3`,
    [typeIds, workspaceId, from, to],
  );
  return rows;
}

/** How often a pause was taken. Index: events_by_type. */
export async function countPauses(
  db: Db,
  { workspaceId, from, to }: Period,
  { typeIds }: { typeIds: readonly number[] },
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::integer as count from events e
      where e.event_type_id = any($1::bigint[]) and e.workspace_id = $2
        and e.occurred_at >= $3 and e.occurred_at < $4 and e.params ->> 'status' = 'paused'`,
    [typeIds, workspaceId, from, to],
  );
  return rows[0]?.count ?? 0;
}

export interface ChoiceRow {
  key: string;
  joined: number;
  left: number;
}

/** Choices of categories, by key. Index: events_by_type. */
export async function countChoices(
  db: Db,
  { workspaceId, from, to }: Period,
  { typeIds }: { typeIds: readonly number[] },
): Promise<ChoiceRow[]> {
  const { rows } = await db.query<ChoiceRow>(
    `select choice.key, count(*) filter (where choice.is_in)::integer as joined,
            count(*) filter (where not choice.is_in)::integer as left
       from events e
      cross join lateral (
            select jsonb_array_elements_text(e.params -> 'subscribed') as key, true as is_in
             where jsonb_typeof(e.params -> 'subscribed') = 'array'
            union all
            select jsonb_array_elements_text(e.params -> 'unsubscribed'), false
             where jsonb_typeof(e.params -> 'unsubscribed') = 'array') as choice
      where e.event_type_id = any($1::bigint[]) and e.workspace_id = $2
        and e.occurred_at >= $3 and e.occurred_at < $4
      group by choice.key`,
    [typeIds, workspaceId, from, to],
  );
  return rows;
}

export async function nameMessages(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: readonly number[] },
): Promise<Map<number, string>> {
  const { rows } = await db.query<{ id: number; name: string }>(
    `select id, name from messages where workspace_id = $1 and id = any($2::bigint[])`,
    [workspaceId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

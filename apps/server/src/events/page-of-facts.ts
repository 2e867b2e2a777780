import type { Db } from '../db/index.ts';
import { aboutMessageSql } from './about-message-sql.ts';
import type { FactKey } from './event-id.ts';

/** Which facts of one type: where a channel or a message is asked for, only those about it. */
export interface TypeOfFacts {
  typeId: number;
  /** About messages by these channels alone, or by all others. */
  channels?: { in: readonly string[] } | { not: readonly string[] } | undefined;
}

export interface PageOfFacts {
  types: readonly TypeOfFacts[];
  from: Date;
  /** Itself left out. */
  to: Date;
  contactIds?: readonly number[] | undefined;
  messageIds?: readonly number[] | undefined;
  offset: number;
  limit: number;
}

/**
 * Facts about messages in the order in which they happened, without what machines opened. Indexes
 * events_by_type, of messages events_of_message, of contacts events_pkey; each type is read in order and no further than the page ends.
 */
export async function pageOfFacts(
  db: Db,
  { types, from, to, contactIds, messageIds, offset, limit }: PageOfFacts,
): Promise<FactKey[]> {
  if (types.length === 0) return [];
  const values: unknown[] = [from, to, offset + limit, offset, limit];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const everywhere = [
    ...(contactIds ? [`contact_id = any(${given(contactIds)}::bigint[])`] : []),
    ...(messageIds ? [aboutMessageSql('events', `${given(messageIds.map(String))}::text[]`)] : []),
    `not coalesce(params ? 'machine', false)`,
  ];
  const branches = types.map(
    ({ typeId, channels }) => `
      (select contact_id, event_type_id, occurred_at, id
         from events
        where event_type_id = ${BigInt(typeId)}::bigint and occurred_at >= $1 and occurred_at < $2
          and ${[...everywhere, ...ofChannels(channels, given)].join(' and ')}
        order by occurred_at, id
        limit $3)`,
  );
  const { rows } = await db.query<FactRow>(
    `select * from (${branches.join(' union all')}) found order by occurred_at, id offset $4 limit $5`,
    values,
  );
  return rows.map((row) => ({
    contactId: row.contact_id,
    typeId: row.event_type_id,
    occurredAt: row.occurred_at.getTime(),
    id: row.id,
  }));
}

/**
 * In `coalesce` the planner takes it for true of every second fact. By itself it would be taken for
 * true of hardly any, and all facts of the type would be read and sorted for the first page.
 */
function ofChannels(
  channels: TypeOfFacts['channels'],
  given: (value: unknown) => string,
): string[] {
  if (!channels) return [];
  const matches =
    'in' in channels
      ? `= any(${given(channels.in)}::text[])`
      : `<> all(${given(channels.not)}::text[])`;
  return [`coalesce(params ->> 'channel' ${matches}, false)`];
}

interface FactRow {
  contact_id: number;
  event_type_id: number;
  occurred_at: Date;
  id: number;
}

import type { Db } from '../db/index.ts';
import type { FactKey } from './event-id.ts';
import { unionTypes } from './union-types.ts';

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
 * events_by_type, of contacts events_pkey; each type is read no further than the page ends.
 */
export async function pageOfFacts(
  db: Db,
  { types, from, to, contactIds, messageIds, offset, limit }: PageOfFacts,
): Promise<FactKey[]> {
  const found: FactRow[] = [];
  // Types that ask for other channels are other statements.
  for (const [, alike] of Map.groupBy(types, ({ channels }) => JSON.stringify(channels ?? null))) {
    const channels = alike[0]?.channels;
    const only = channels && 'in' in channels ? channels.in : null;
    const not = channels && 'not' in channels ? channels.not : null;
    found.push(
      ...(await unionTypes<FactRow>(db, {
        typeIds: alike.map(({ typeId }) => typeId),
        statement: (typeId) => `
          select contact_id, event_type_id, occurred_at, id
            from events
           where event_type_id = ${typeId} and occurred_at >= $1 and occurred_at < $2
             ${contactIds ? 'and contact_id = any($3::bigint[])' : 'and $3::bigint[] is null'}
             and ($4::text[] is null or params ->> 'message' = any($4))
             and ($5::text[] is null or params ->> 'channel' = any($5))
             and ($6::text[] is null or params ->> 'channel' <> all($6))
             and not coalesce(params ? 'machine', false)
           order by occurred_at, id
           limit $7`,
        values: [
          from,
          to,
          contactIds ?? null,
          messageIds?.map(String) ?? null,
          only,
          not,
          offset + limit,
        ],
      })),
    );
  }
  return found
    .map((row) => ({
      contactId: row.contact_id,
      typeId: row.event_type_id,
      occurredAt: row.occurred_at.getTime(),
      id: row.id,
    }))
    .toSorted((a, b) => a.occurredAt - b.occurredAt || a.id - b.id)
    .slice(offset, offset + limit);
}

interface FactRow {
  contact_id: number;
  event_type_id: number;
  occurred_at: Date;
  id: number;
}

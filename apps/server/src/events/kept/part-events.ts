import type { EventContent } from '@perennial/conditions';
import type { Db } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';

/** A stretch of time of one contact's events of a type, from included, to excluded. */
export interface PartRange {
  contactId: number;
  typeId: number;
  from: number;
  to: number;
}

export interface PartEvent extends EventContent {
  occurredAt: number;
}

interface EventRow {
  n: number;
  occurred_at: Date;
  source: string;
  key: string | null;
  params: JsonObject | null;
  context: JsonObject | null;
}

/** The events of each stretch, by one statement; index events_pkey. */
export async function readPartEvents(
  db: Db,
  { ranges }: { ranges: readonly PartRange[] },
): Promise<PartEvent[][]> {
  if (ranges.length === 0) return [];
  const { rows } = await db.query<EventRow>({
    name: 'read_part_events',
    // The last conditions let the planner leave out whole partitions; "offset 0" keeps it to looking up
    // one stretch after the other.
    text: `select r.n, e.occurred_at, e.source, e.key, e.params, e.context
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
                  with ordinality as r (contact_id, event_type_id, since, until, n)
            cross join lateral (
              select * from events
               where contact_id = r.contact_id and event_type_id = r.event_type_id
                 and occurred_at >= r.since and occurred_at < r.until
                 and occurred_at >= $5 and occurred_at < $6
              offset 0) e`,
    values: [
      ranges.map(({ contactId }) => contactId),
      ranges.map(({ typeId }) => typeId),
      ranges.map(({ from }) => new Date(from).toISOString()),
      ranges.map(({ to }) => new Date(to).toISOString()),
      new Date(Math.min(...ranges.map(({ from }) => from))).toISOString(),
      new Date(Math.max(...ranges.map(({ to }) => to))).toISOString(),
    ],
  });
  const found = Map.groupBy(rows, ({ n }) => n);
  return ranges.map((_, i) => (found.get(i + 1) ?? []).map(toEvent));
}

export function toEvent(row: Omit<EventRow, 'n'>): PartEvent {
  return {
    occurredAt: row.occurred_at.getTime(),
    params: row.params ?? {},
    key: row.key,
    source: row.source,
    context: row.context,
  };
}

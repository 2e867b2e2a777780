import type { Db } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';

/** Events of one type of one contact that are needed, from an instant on. */
export interface WantedEvents {
  contactId: number;
  typeId: number;
  /** Epoch milliseconds, or -Infinity. */
  from: number;
  withParams: boolean;
  withContext: boolean;
}

export interface FoundEvent {
  contact_id: number;
  id: number;
  event_type_id: number;
  occurred_at: Date;
  source: string;
  key: string | null;
  params: JsonObject | null;
  context: JsonObject | null;
}

/**
 * What these contacts did of these types, by one statement whatever their number; index events_pkey
 * by contact, type and time.
 */
export async function findEvents(
  db: Db,
  { wanted }: { wanted: readonly WantedEvents[] },
): Promise<FoundEvent[]> {
  if (wanted.length === 0) return [];
  const earliest = Math.min(...wanted.map(({ from }) => from));
  const { rows } = await db.query<FoundEvent>({
    name: 'find_events_wanted',
    // The last condition lets the planner leave out whole partitions.
    text: `select e.contact_id, e.id, e.event_type_id, e.occurred_at, e.source, e.key,
                  case when w.with_params then e.params end as params,
                  case when w.with_context then e.context end as context
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::boolean[], $5::boolean[])
                  as w (contact_id, event_type_id, since, with_params, with_context)
             join events e
               on e.contact_id = w.contact_id and e.event_type_id = w.event_type_id
              and e.occurred_at >= w.since
            where e.occurred_at >= $6`,
    values: [
      wanted.map((row) => row.contactId),
      wanted.map((row) => row.typeId),
      wanted.map(({ from }) => instantOf(from)),
      wanted.map((row) => row.withParams),
      wanted.map((row) => row.withContext),
      instantOf(earliest),
    ],
  });
  return rows;
}

function instantOf(from: number): string {
  return Number.isFinite(from) ? new Date(from).toISOString() : '-infinity';
}

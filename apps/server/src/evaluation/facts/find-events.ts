import { enoughForAll, type Enough } from '@perennial/conditions';
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
    // The last condition lets the planner leave out whole partitions. "offset 0" keeps it to looking up
    // one contact after the other: of a few dozen it may else read what everybody did in that time.
    text: `select e.contact_id, e.id, e.event_type_id, e.occurred_at, e.source, e.key,
                  case when w.with_params then e.params end as params,
                  case when w.with_context then e.context end as context
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::boolean[], $5::boolean[])
                  as w (contact_id, event_type_id, since, with_params, with_context)
            cross join lateral (
              select * from events
               where contact_id = w.contact_id and event_type_id = w.event_type_id
                 and occurred_at >= w.since and occurred_at >= $6
              offset 0) e`,
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

/** Events of one type of one contact of which those that decide are needed, as of an instant. */
export interface WantedFew {
  contactId: number;
  typeId: number;
  /** Epoch milliseconds, or -Infinity. */
  from: number;
  at: number;
  enough: Enough;
}

/**
 * Of these contacts' events, however many, those nearest to one end, and all that lie ahead; they
 * come without parameters. Index events_pkey, read from its ends.
 */
export async function findFewEvents(
  db: Db,
  { wanted }: { wanted: readonly WantedFew[] },
): Promise<FoundEvent[]> {
  if (wanted.length === 0) return [];
  const { newest, oldest } = enoughForAll(wanted.map(({ enough }) => enough));
  const few = (rest: string): string =>
    `(select e.id, e.occurred_at from events e
       where e.contact_id = w.contact_id and e.event_type_id = w.event_type_id ${rest})`;
  const { rows } = await db.query<FoundEvent>({
    name: 'find_few_events',
    text: `select w.contact_id, w.event_type_id, e.id, e.occurred_at, '' as source, null as key,
                  null as params, null as context
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
                  as w (contact_id, event_type_id, since, at)
            cross join lateral (
              ${few(`and e.occurred_at >= w.since and e.occurred_at <= w.at
                      order by e.occurred_at desc limit $5`)}
              union
              ${few(`and e.occurred_at > w.at`)}
              union
              ${few(`order by e.occurred_at limit $6`)}) e`,
    values: [
      wanted.map((row) => row.contactId),
      wanted.map((row) => row.typeId),
      wanted.map(({ from }) => instantOf(from)),
      wanted.map(({ at }) => instantOf(at)),
      newest,
      oldest,
    ],
  });
  return rows;
}

function instantOf(from: number): string {
  return Number.isFinite(from) ? new Date(from).toISOString() : '-infinity';
}

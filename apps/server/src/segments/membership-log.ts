import type { Db } from '../db/index.ts';
import { eventIdOf, listEvents, listTypeIds, type FactRow } from '../events/index.ts';
import type { SegmentRow } from './segment-row.ts';

export interface LogEntry {
  id: string;
  entered: boolean;
  at: Date;
  contactId: number;
  cause: string;
  /** Which change it was, as rules mention it; null where it was none, or is not told. */
  by: string | null;
  source: string;
}

export interface Log {
  entries: LogEntry[];
  /** Where the next page begins; null at the end. A page may hold less than was asked for. */
  next: [at: number, id: number] | null;
}

/** Types of the facts that tell entries and exits. */
export const MOVES = ['SegmentEntered', 'SegmentLeft'];

/** Who entered and left a segment, newest first: facts that bear its ID as their key. */
export async function readLog(
  db: Db,
  {
    workspaceId,
    segment,
    after,
    now,
    limit,
  }: {
    workspaceId: number;
    segment: SegmentRow;
    after: [at: number, id: number] | undefined;
    now: Date;
    limit: number;
  },
): Promise<Log> {
  const { rows, next } = await listEvents(db, {
    workspaceId,
    types: MOVES,
    key: String(segment.id),
    // Nothing happened since its last change. Its creation bounds nothing: items that make a list, or
    // that bring a history, arrived before it.
    to: segment.changed_at.getTime() + 1,
    after: after && { at: after[0], id: after[1] },
    now: now.getTime(),
    limit,
  });
  return { entries: rows.map(entryOf), next: next && [next.at, next.id] };
}

function entryOf(row: FactRow): LogEntry {
  return {
    id: eventIdOf(row),
    entered: row.type === 'SegmentEntered',
    at: row.occurred_at,
    contactId: row.contact_id,
    cause: causeOf(row),
    by: textOf(row.params?.['by']),
    source: row.source,
  };
}

function causeOf({ params, source }: FactRow): string {
  return textOf(params?.['cause']) ?? source;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** What waits in the inbox may have arrived before the list that it names was made. */
const WAITED_MS = 3_600_000;

/**
 * Which of these segments contacts entered or left since they were made, for other causes than
 * those given. Goes through all such facts of the workspace since; index events_by_type.
 */
export async function findMoved(
  db: Db,
  { workspaceId, segments, but }: { workspaceId: number; segments: SegmentRow[]; but: string[] },
): Promise<Set<number>> {
  const typeIds = await listTypeIds(db, { workspaceId, keys: MOVES });
  const since = Math.min(...segments.map((segment) => segment.created_at.getTime())) - WAITED_MS;
  const { rows } = await db.query<{ key: string }>(
    `select distinct key from events
      where event_type_id = any($1) and occurred_at >= $2 and key = any($3)
        and params ->> 'cause' <> all($4)`,
    [typeIds, new Date(since), segments.map(({ id }) => String(id)), but],
  );
  return new Set(rows.map((row) => Number(row.key)));
}

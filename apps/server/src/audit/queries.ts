import type { Db } from '../db/index.ts';
import type { Actor, Origin } from '../http/index.ts';

interface NewEntry {
  by: Origin;
  action: string;
  objectKind: string;
  objectId: string | null;
  before: unknown;
  after: unknown;
}

export async function insertEntry(db: Db, entry: NewEntry): Promise<void> {
  const { by } = entry;
  await db.query(
    `insert into audit
       (workspace_id, at, actor_kind, actor_id, actor_name, action, object_kind, object_id,
        before, after, request_id, ip)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12)`,
    [
      by.workspaceId,
      by.at,
      by.actor.kind,
      by.actor.id,
      by.actor.name,
      entry.action,
      entry.objectKind,
      entry.objectId,
      toJson(entry.before),
      toJson(entry.after),
      by.requestId ?? null,
      by.ip ?? null,
    ],
  );
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

export interface EntryRow {
  id: number;
  at: Date;
  actor_kind: Actor['kind'];
  actor_id: number | null;
  actor_name: string;
  action: string;
  object_kind: string;
  object_id: string | null;
  before: unknown;
  after: unknown;
  request_id: string | null;
  ip: string | null;
}

export interface EntryFilter {
  workspaceId: number;
  action?: string | undefined;
  objectKind?: string | undefined;
  objectId?: string | undefined;
  actorKind?: string | undefined;
  actorId?: number | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Newest first; only entries older than this one. */
  before?: number | undefined;
  limit: number;
}

/** Index: audit_of_workspace, read backwards. */
export async function listEntries(db: Db, filter: EntryFilter): Promise<EntryRow[]> {
  const { rows } = await db.query<EntryRow>(
    `select id, at, actor_kind, actor_id, actor_name, action, object_kind, object_id,
            before, after, request_id, ip
     from audit
     where workspace_id = $1
       and ($2::text is null or action = $2 or action like $2 || '.%')
       and ($3::text is null or object_kind = $3)
       and ($4::text is null or object_id = $4)
       and ($5::text is null or actor_kind = $5)
       and ($6::bigint is null or actor_id = $6)
       and ($7::timestamptz is null or at >= $7)
       and ($8::timestamptz is null or at < $8)
       and ($9::bigint is null or id < $9)
     order by id desc
     limit $10`,
    [
      filter.workspaceId,
      filter.action ?? null,
      filter.objectKind ?? null,
      filter.objectId ?? null,
      filter.actorKind ?? null,
      filter.actorId ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
  return rows;
}

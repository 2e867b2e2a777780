import { copyRows } from '../db/binary-copy.ts';
import type { Db, Tx } from '../db/pool.ts';
import type { Lane, SlotItem } from '../inbox/index.ts';

/** An item that no retry could apply, and why. */
export interface Burial {
  workspaceId: number;
  stage: 'resolve' | 'apply';
  lane: Lane;
  contactId: number | null;
  kind: string;
  item: SlotItem;
  receivedAt: number;
  /** A short code: what it is listed by. */
  reason: string;
  detail: string;
}

export async function buryItems(
  tx: Tx,
  { burials, now }: { burials: Burial[]; now: Date },
): Promise<void> {
  await copyRows(
    tx,
    'dead_events',
    [
      ['workspace_id', 'int8'],
      ['stage', 'text'],
      ['lane', 'int2'],
      ['contact_id', 'int8'],
      ['kind', 'text'],
      ['item', 'text'],
      ['reason', 'text'],
      ['detail', 'text'],
      ['received_at', 'timestamptz'],
      ['failed_at', 'timestamptz'],
    ],
    burials.map((burial) => [
      burial.workspaceId,
      burial.stage,
      burial.lane,
      burial.contactId,
      burial.kind,
      // PostgreSQL holds no NUL, whatever the item holds.
      JSON.stringify(burial.item).replaceAll('\\u0000', '\\ufffd'),
      burial.reason,
      burial.detail.replaceAll('\0', '\ufffd').slice(0, 4000),
      burial.receivedAt,
      now.getTime(),
    ]),
  );
}

export interface DeadEvent {
  id: number;
  contact_id: number | null;
  stage: string;
  kind: string;
  item: string;
  reason: string;
  detail: string | null;
  received_at: Date;
  failed_at: Date;
}

/** Newest first; index dead_events_of_workspace. */
export async function listDeadEvents(
  db: Db,
  { workspaceId, before, limit }: { workspaceId: number; before: number | null; limit: number },
): Promise<DeadEvent[]> {
  const { rows } = await db.query<DeadEvent>(
    `select id, contact_id, stage, kind, item, reason, detail, received_at, failed_at
       from dead_events
      where workspace_id = $1 and ($2::bigint is null or id < $2)
      order by id desc
      limit $3`,
    [workspaceId, before, limit],
  );
  return rows;
}

/** Takes dead events out, for the caller to append to the inbox in the same transaction. */
export async function takeDeadEvents(
  tx: Tx,
  { workspaceId, ids }: { workspaceId: number; ids: number[] },
): Promise<DeadEvent[]> {
  const { rows } = await tx.query<DeadEvent>(
    `delete from dead_events
      where workspace_id = $1 and id = any($2)
     returning id, contact_id, stage, kind, item, reason, detail, received_at, failed_at`,
    [workspaceId, ids],
  );
  return rows.toSorted((a, b) => a.id - b.id);
}

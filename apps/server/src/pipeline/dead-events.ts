import { copyRows } from '../db/binary-copy.ts';
import type { Db, Tx } from '../db/pool.ts';
import type { InboxItem, Lane, Stamped } from '../inbox/index.ts';
import { tell, writeOutcomes, type Outcomes } from './outcomes.ts';

/** An item that no retry could apply, and why. */
export interface Burial {
  workspaceId: number;
  stage: 'resolve' | 'apply';
  lane: Lane;
  contactId: number | null;
  kind: string;
  /** After it was resolved, with all that the resolver found: only so it can be tried again. */
  item: InboxItem | Stamped;
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
  const told: Outcomes = { outcomes: [], parts: [], unsent: [] };
  for (const burial of burials) tellOf(burial, told);
  await writeOutcomes(tx, { ...told, now });
}

/** Whoever waits for the item is told that it cannot be applied. */
function tellOf({ item, detail }: Burial, into: Outcomes): void {
  const message = `It could not be applied and is kept among the dead events: ${detail}`;
  const outcome = { ok: false, code: 'dead_event', message: message.slice(0, 1000) } as const;
  tell('contactId' in item && 'item' in item ? item.item : item, outcome, into);
}

export interface DeadEvent {
  id: number;
  contact_id: number | null;
  stage: 'resolve' | 'apply';
  lane: Lane;
  kind: string;
  item: string;
  reason: string;
  detail: string | null;
  received_at: Date;
  failed_at: Date;
}

const COLUMNS = 'id, contact_id, stage, lane, kind, item, reason, detail, received_at, failed_at';

/** Newest first; index dead_events_of_workspace. */
export async function listDeadEvents(
  db: Db,
  {
    workspaceId,
    reason,
    before,
    limit,
  }: {
    workspaceId: number;
    reason: string | undefined;
    before: number | undefined;
    limit: number;
  },
): Promise<DeadEvent[]> {
  const { rows } = await db.query<DeadEvent>(
    `select ${COLUMNS}
       from dead_events
      where workspace_id = $1 and ($2::bigint is null or id < $2) and ($3::text is null or reason = $3)
      order by id desc
      limit $4`,
    [workspaceId, before ?? null, reason ?? null, limit],
  );
  return rows;
}

/** Which of a workspace's dead events. */
export type DeadEventChoice = { ids: number[] } | { all: true; reason?: string | undefined };

/** Takes dead events out, oldest first, for the caller to try again or to forget. */
export async function takeDeadEvents(
  tx: Tx,
  { workspaceId, choice, limit }: { workspaceId: number; choice: DeadEventChoice; limit: number },
): Promise<DeadEvent[]> {
  const { rows } = await tx.query<DeadEvent>(
    `delete from dead_events
      where id in (select id from dead_events
                    where workspace_id = $1
                      and ($2::bigint[] is null or id = any($2))
                      and ($3::text is null or reason = $3)
                    order by id
                    limit $4
                      for update)
     returning ${COLUMNS}`,
    [...filterOf(workspaceId, choice), limit],
  );
  return rows.toSorted((a, b) => a.id - b.id);
}

const MOST_COUNTED = 100_000;

/** How many there are of each reason, among the newest. */
export async function countDeadEvents(
  db: Db,
  { workspaceId, choice = { all: true } }: { workspaceId: number; choice?: DeadEventChoice },
): Promise<{ reason: string; count: number }[]> {
  const { rows } = await db.query<{ reason: string; count: number }>(
    `select reason, count(*) as count
       from (select reason from dead_events
              where workspace_id = $1
                and ($2::bigint[] is null or id = any($2))
                and ($3::text is null or reason = $3)
              order by id desc
              limit $4) newest
      group by reason
      order by count desc, reason`,
    [...filterOf(workspaceId, choice), MOST_COUNTED],
  );
  return rows;
}

function filterOf(workspaceId: number, choice: DeadEventChoice): unknown[] {
  return 'ids' in choice
    ? [workspaceId, choice.ids, null]
    : [workspaceId, null, choice.reason ?? null];
}

import type { Definition, Node } from '@perennial/conditions';
import type { Db, Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';

/** Told when an event waits for the contacts that it starts. */
export const WAITING_STARTS_CHANNEL = 'perennial_waiting_starts';

/** An event that starts a workflow for everybody who matches it. */
export interface NewWaitingStart {
  workspaceId: number;
  workflowId: number;
  version: number;
  eventId: number;
  /** Whose event it is; 0 is nobody's. */
  contactId: number;
  /** Who matches. */
  rule: Definition | Node;
  /** What `$event` means for the runs. */
  context: JsonObject;
  key: string;
  depth: number;
  /** Epoch milliseconds. */
  receivedAt: number;
  dueAt: number;
}

export async function insertWaitingStarts(
  tx: Tx,
  { waiting }: { waiting: readonly NewWaitingStart[] },
): Promise<void> {
  if (waiting.length === 0) return;
  await tx.query(
    `insert into waiting_starts (workspace_id, workflow_id, version, event_id, contact_id, rule, context, key, depth,
                                 received_at, due_at)
     select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[], $5::bigint[], $6::jsonb[], $7::jsonb[],
                          $8::text[], $9::smallint[], $10::timestamptz[], $11::timestamptz[])`,
    [
      waiting.map((row) => row.workspaceId),
      waiting.map((row) => row.workflowId),
      waiting.map((row) => row.version),
      waiting.map((row) => row.eventId),
      waiting.map((row) => row.contactId),
      waiting.map((row) => JSON.stringify(row.rule)),
      waiting.map((row) => JSON.stringify(row.context)),
      waiting.map((row) => row.key),
      waiting.map((row) => row.depth),
      waiting.map((row) => new Date(row.receivedAt).toISOString()),
      waiting.map((row) => new Date(row.dueAt).toISOString()),
    ],
  );
  await tx.query(`notify ${WAITING_STARTS_CHANNEL}`);
}

export interface WaitingStartRow {
  id: number;
  workspace_id: number;
  workflow_id: number;
  version: number;
  event_id: number;
  contact_id: number;
  rule: Definition | Node;
  context: JsonObject;
  key: string;
  depth: number;
  received_at: Date;
  attempts: number;
}

/** The first that is due and nobody else has, until the transaction ends. */
export async function takeWaitingStart(
  tx: Tx,
  { now }: { now: Date },
): Promise<WaitingStartRow | undefined> {
  const { rows } = await tx.query<WaitingStartRow>(
    `select id, workspace_id, workflow_id, version, event_id, contact_id, rule, context, key, depth, received_at,
            attempts
       from waiting_starts
      where due_at <= $1
      order by id
        for update skip locked
      limit 1`,
    [now],
  );
  return rows[0];
}

/** When the next one is due. */
export async function nextWaitingStart(db: Db): Promise<Date | undefined> {
  const { rows } = await db.query<{ due_at: Date | null }>(
    `select min(due_at) as due_at from waiting_starts`,
  );
  return rows[0]?.due_at ?? undefined;
}

export async function postponeWaitingStart(
  tx: Tx,
  { id, dueAt }: { id: number; dueAt: Date },
): Promise<void> {
  await tx.query(`update waiting_starts set attempts = attempts + 1, due_at = $2 where id = $1`, [
    id,
    dueAt,
  ]);
}

export async function dropWaitingStart(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from waiting_starts where id = $1`, [id]);
}

/** Events of people who are erased start nobody. One that is being asked about is not waited for. */
export async function forgetWaitingStarts(
  tx: Tx,
  { contactIds }: { contactIds: number[] },
): Promise<void> {
  await tx.query(
    `delete from waiting_starts
      where id in (select id from waiting_starts where contact_id = any($1) for update skip locked)`,
    [contactIds],
  );
}

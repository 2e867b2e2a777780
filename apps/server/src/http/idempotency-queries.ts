import type { Db } from '../db/index.ts';

export interface KeyRow {
  request_hash: Buffer;
  ticket: string | null;
  status: number | null;
  answer: unknown;
}

interface KeyId {
  workspaceId: number;
  key: string;
}

/** True for the one caller that may act. Index: idempotency_keys_pkey. */
export async function claimKey(
  db: Db,
  call: KeyId & { hash: Buffer; now: Date; abandonedBefore: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into idempotency_keys as known (workspace_id, key, request_hash, created_at)
     values ($1, $2, $3, $4)
     on conflict (workspace_id, key) do update
       set created_at = excluded.created_at
       where known.status is null and known.ticket is null
         and known.request_hash = excluded.request_hash and known.created_at < $5`,
    [call.workspaceId, call.key, call.hash, call.now, call.abandonedBefore],
  );
  return rowCount === 1;
}

/** Index: idempotency_keys_pkey. */
export async function findKey(db: Db, { workspaceId, key }: KeyId): Promise<KeyRow | undefined> {
  const { rows } = await db.query<KeyRow>(
    `select request_hash, ticket, status, answer
     from idempotency_keys where workspace_id = $1 and key = $2`,
    [workspaceId, key],
  );
  return rows[0];
}

export async function keepTicket(
  db: Db,
  { workspaceId, key, ticket }: KeyId & { ticket: string },
): Promise<void> {
  await db.query(`update idempotency_keys set ticket = $3 where workspace_id = $1 and key = $2`, [
    workspaceId,
    key,
    ticket,
  ]);
}

/** The first answer stays: two repeats that waited for one item say the same. */
export async function keepAnswer(
  db: Db,
  { workspaceId, key, status, answer }: KeyId & { status: number; answer: unknown },
): Promise<void> {
  await db.query(
    `update idempotency_keys set status = $3, answer = $4::jsonb
     where workspace_id = $1 and key = $2 and status is null`,
    [workspaceId, key, status, answer === undefined ? null : JSON.stringify(answer)],
  );
}

/** Nothing came of the call: unless an item is on its way. */
export async function releaseKey(db: Db, { workspaceId, key }: KeyId): Promise<void> {
  await db.query(
    `delete from idempotency_keys
     where workspace_id = $1 and key = $2 and status is null and ticket is null`,
    [workspaceId, key],
  );
}

/** Answers are kept for a day. Index: idempotency_keys_age. */
export async function forgetIdempotencyKeys(db: Db, { before }: { before: Date }): Promise<number> {
  const { rowCount } = await db.query(`delete from idempotency_keys where created_at < $1`, [
    before,
  ]);
  return rowCount ?? 0;
}

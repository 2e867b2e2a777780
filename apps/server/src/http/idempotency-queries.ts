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

/** Whose try it is: another one that takes over has another time or process. */
interface Claim extends KeyId {
  now: Date;
  processId: number | undefined;
}

/**
 * True for the one caller that may act: the first, or who finds what another process left that has not
 * beaten since `deadBefore`, or anybody since `abandonedBefore`. Index: idempotency_keys_pkey.
 */
export async function claimKey(
  db: Db,
  call: Claim & { hash: Buffer; abandonedBefore: Date; deadBefore: Date },
): Promise<boolean> {
  const { workspaceId, key, hash, now, processId } = call;
  const { rowCount } = await db.query(
    `insert into idempotency_keys as known (workspace_id, key, request_hash, created_at, claimed_by)
     values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, key) do update
       set created_at = excluded.created_at, claimed_by = excluded.claimed_by
       where known.status is null and known.ticket is null
         and known.request_hash = excluded.request_hash
         and (known.created_at < $6
              or known.claimed_by <> excluded.claimed_by
                 and known.claimed_by <> all(array(select id from processes where beat_at > $7)))`,
    [workspaceId, key, hash, now, processId ?? null, call.abandonedBefore, call.deadBefore],
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

/** False when another try took over: this one must not append its item. */
export async function keepTicket(
  db: Db,
  { workspaceId, key, ticket, now, processId }: Claim & { ticket: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update idempotency_keys set ticket = $3
     where workspace_id = $1 and key = $2 and ticket is null
       and created_at = $4 and claimed_by is not distinct from $5`,
    [workspaceId, key, ticket, now, processId ?? null],
  );
  return rowCount === 1;
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
export async function releaseKey(
  db: Db,
  { workspaceId, key, now, processId }: Claim,
): Promise<void> {
  await db.query(
    `delete from idempotency_keys
     where workspace_id = $1 and key = $2 and status is null and ticket is null
       and created_at = $3 and claimed_by is not distinct from $4`,
    [workspaceId, key, now, processId ?? null],
  );
}

/** Answers are kept for a day. Index: idempotency_keys_age. */
export async function forgetIdempotencyKeys(db: Db, { before }: { before: Date }): Promise<number> {
  const { rowCount } = await db.query(`delete from idempotency_keys where created_at < $1`, [
    before,
  ]);
  return rowCount ?? 0;
}

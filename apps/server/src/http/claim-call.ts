import type { Tx } from '../db/index.ts';

/** A call without an `Idempotency-Key` that is known by what it says. */
export interface CallClaim {
  workspaceId: number;
  /** Of everything that makes two calls the same. */
  hash: Buffer;
  /** Of the item that the call is about to append in this transaction. */
  ticket: string;
  now: Date;
  /** So long after its answer the same call is a repeat; 0: it is a call of its own at once. */
  quietMs: number;
}

export type Claimed =
  | { kind: 'first' }
  /** The same call waits for this item. */
  | { kind: 'waiting'; ticket: string }
  | { kind: 'answered' };

/** An item that was never answered is not waited for any longer. */
const FORGOTTEN_AFTER_MS = 3_600_000;

/**
 * Makes the call the one that acts, unless the same one waits for its item or was answered a
 * moment ago. Of two at the same instant one waits for the other's commit here.
 * Index: idempotency_keys_pkey.
 */
export async function claimCall(tx: Tx, claim: CallClaim): Promise<Claimed> {
  const { workspaceId, hash, ticket, now, quietMs } = claim;
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  const { rowCount } = await tx.query(
    `insert into idempotency_keys as known (workspace_id, key, request_hash, ticket, created_at)
     values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, key) do update
       set ticket = excluded.ticket, status = null, answer = null, created_at = excluded.created_at
       where (known.status is not null and known.created_at <= $6)
          or (known.status is null and known.created_at < $7)`,
    [workspaceId, keyOf(hash), hash, ticket, now, ago(quietMs), ago(FORGOTTEN_AFTER_MS)],
  );
  if (rowCount === 1) return { kind: 'first' };
  const { rows } = await tx.query<{ ticket: string; status: number | null }>(
    `select ticket, status from idempotency_keys where workspace_id = $1 and key = $2`,
    [workspaceId, keyOf(hash)],
  );
  const known = rows[0]!;
  return known.status === null ? { kind: 'waiting', ticket: known.ticket } : { kind: 'answered' };
}

/** The call was answered now, if it is still this item's. */
export async function closeCall(
  db: Pick<Tx, 'query'>,
  { workspaceId, hash, ticket, now }: Omit<CallClaim, 'quietMs'>,
): Promise<void> {
  await db.query(
    `update idempotency_keys set status = 200, created_at = $4
      where workspace_id = $1 and key = $2 and ticket = $3 and status is null`,
    [workspaceId, keyOf(hash), ticket, now],
  );
}

/** Nothing came of it: the same call may try again. */
export async function releaseCall(
  db: Pick<Tx, 'query'>,
  { workspaceId, hash, ticket }: Omit<CallClaim, 'quietMs' | 'now'>,
): Promise<void> {
  await db.query(
    `delete from idempotency_keys
      where workspace_id = $1 and key = $2 and ticket = $3 and status is null`,
    [workspaceId, keyOf(hash), ticket],
  );
}

/** No key that a client chooses holds a space. */
function keyOf(hash: Buffer): string {
  return `call ${hash.toString('base64url')}`;
}

import type { Db, Tx } from '../db/index.ts';
import type { DeliveryStatus } from '@perennial/channels';

/** One recipient of a call that asks for a message. */
export interface NewRequest {
  workspaceId: number;
  messageId: number;
  channel: string;
  externalId?: string | undefined;
  /** The same for whatever is meant to be the same request. */
  repeatKey: Buffer;
  /** Another with the same key may be asked for when the first is older; null: never while it is kept. */
  repeatsEndAt: Date | null;
}

/** What became of a request: made now, or known already. */
export interface KeptRequest {
  id: number;
  isNew: boolean;
}

/**
 * Notes requests, in the transaction that appends their items; answers in their order. One whose key
 * is known is the earlier one, and nothing is to be sent for it. Two calls that come at once wait
 * for each other at the key's index.
 */
export async function noteSendRequests(
  tx: Tx,
  { requests, now }: { requests: readonly NewRequest[]; now: Date },
): Promise<KeptRequest[]> {
  await releaseKeys(tx, requests);
  const made = await insertRequests(tx, { requests, now });
  const known = await findByKey(tx, requests);
  return requests.map(({ repeatKey }) => {
    const key = repeatKey.toString('hex');
    const id = known.get(key)!;
    // Named twice in one call, it is asked for once.
    return { id, isNew: made.delete(id) };
  });
}

/** In one order everywhere, so that two calls never wait for each other in a circle. */
function inOrder(requests: readonly NewRequest[]): NewRequest[] {
  return requests.toSorted((a, b) => Buffer.compare(a.repeatKey, b.repeatKey));
}

/** Index: send_requests_repeat. */
async function releaseKeys(tx: Tx, requests: readonly NewRequest[]): Promise<void> {
  const ending = inOrder(requests).filter(({ repeatsEndAt }) => repeatsEndAt !== null);
  if (ending.length === 0) return;
  await tx.query({
    name: 'release_repeat_keys',
    text: `update send_requests r set repeat_key = null
             from unnest($1::bigint[], $2::bytea[], $3::timestamptz[]) as row (workspace_id, repeat_key, ends_at)
            where r.workspace_id = row.workspace_id and r.repeat_key = row.repeat_key and r.created_at <= row.ends_at`,
    values: [
      ending.map((row) => row.workspaceId),
      ending.map((row) => row.repeatKey),
      ending.map((row) => row.repeatsEndAt),
    ],
  });
}

async function insertRequests(
  tx: Tx,
  { requests, now }: { requests: readonly NewRequest[]; now: Date },
): Promise<Set<number>> {
  const ordered = inOrder(requests);
  const { rows } = await tx.query<{ id: number }>({
    name: 'insert_send_requests',
    text: `insert into send_requests (id, workspace_id, message_id, channel, external_id, repeat_key, created_at)
           select nextval('send_request_ids'), workspace_id, message_id, channel, external_id, repeat_key, $6
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bytea[])
                  as row (workspace_id, message_id, channel, external_id, repeat_key)
               on conflict on constraint send_requests_repeat do nothing
           returning id`,
    values: [
      ordered.map((row) => row.workspaceId),
      ordered.map((row) => row.messageId),
      ordered.map((row) => row.channel),
      ordered.map((row) => row.externalId ?? null),
      ordered.map((row) => row.repeatKey),
      now,
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Index: send_requests_repeat. */
async function findByKey(tx: Tx, requests: readonly NewRequest[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ id: number; repeat_key: Buffer }>({
    name: 'find_send_requests_by_key',
    text: `select id, repeat_key from send_requests where workspace_id = any($1::bigint[]) and repeat_key = any($2::bytea[])`,
    values: [
      [...new Set(requests.map((row) => row.workspaceId))],
      requests.map((row) => row.repeatKey),
    ],
  });
  return new Map(rows.map((row) => [row.repeat_key.toString('hex'), row.id]));
}

/** Requests of which no send came: the item was refused before anybody decided. */
export async function refuseSendRequests(
  tx: Tx,
  { refusals }: { refusals: readonly { requestId: number; reason: string }[] },
): Promise<void> {
  if (refusals.length === 0) return;
  await tx.query({
    name: 'refuse_send_requests',
    text: `update send_requests r set refused = row.reason
             from unnest($1::bigint[], $2::text[]) as row (id, reason)
            where r.id = row.id`,
    values: [refusals.map((row) => row.requestId), refusals.map((row) => row.reason)],
  });
}

/** What is known of a request. */
export interface RequestState {
  id: number;
  channel: string;
  /** Why no send came of it. */
  refused: string | null;
  /** Of its send: null while nobody has decided. */
  decision: 'sent' | 'held' | 'refused' | null;
  reason: string | null;
  status: DeliveryStatus | null;
  created_at: Date;
}

/** Requests of a workspace by their IDs. Indexes: send_requests_pkey, sends_of_request. */
export async function readSendRequests(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: readonly number[] },
): Promise<RequestState[]> {
  const { rows } = await db.query<RequestState>({
    name: 'read_send_requests',
    text: `select r.id, r.channel, r.refused, r.created_at, s.decision, s.reason, s.status
             from send_requests r
             left join sends s on s.request_id = r.id and s.request_id is not null
            where r.id = any($2::bigint[]) and r.workspace_id = $1`,
    values: [workspaceId, ids],
  });
  return rows;
}

/** Index: send_requests_by_age. */
export async function forgetSendRequests(db: Db, { before }: { before: Date }): Promise<void> {
  await db.query(`delete from send_requests where created_at < $1`, [before]);
}

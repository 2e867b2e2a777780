import type { WebhookKind, WebhookState } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';
import type { Waiting } from './outbox-queries.ts';

/** One request and what was answered. */
export interface Attempt {
  at: Date;
  tookMs: number;
  delivered: boolean;
  status: number | null;
  problem: string | null;
  answer: string | null;
  kind: WebhookKind | null;
  try: number;
  waiting: readonly Waiting[];
  test: boolean;
}

/** Requests that were taken are kept so many of, so that a busy webhook does not fill the disk. */
const MOST_DELIVERED = 500;

export async function insertAttempts(
  tx: Tx,
  {
    workspaceId,
    webhookId,
    attempts,
  }: { workspaceId: number; webhookId: number; attempts: readonly Attempt[] },
): Promise<number[]> {
  if (attempts.length === 0) return [];
  const { rows } = await tx.query<{ id: number }>(
    `insert into webhook_attempts (webhook_id, workspace_id, at, took_ms, delivered, status, problem, answer, kind,
                                   try, facts, test)
     select $1, $2, at, took_ms, delivered, status, problem, answer, kind, try, facts, test
       from unnest($3::timestamptz[], $4::integer[], $5::boolean[], $6::integer[], $7::text[], $8::text[],
                   $9::text[], $10::integer[], $11::jsonb[], $12::boolean[])
            as row (at, took_ms, delivered, status, problem, answer, kind, try, facts, test)
     returning id`,
    [
      webhookId,
      workspaceId,
      attempts.map((one) => one.at),
      attempts.map((one) => one.tookMs),
      attempts.map((one) => one.delivered),
      attempts.map((one) => one.status),
      attempts.map((one) => one.problem),
      attempts.map((one) => one.answer),
      attempts.map((one) => one.kind),
      attempts.map((one) => one.try),
      attempts.map((one) => JSON.stringify(one.waiting.map(toTuple))),
      attempts.map((one) => one.test),
    ],
  );
  await tx.query(
    `delete from webhook_attempts
      where webhook_id = $1 and delivered
        and id < (select id from webhook_attempts where webhook_id = $1 and delivered
                   order by id desc offset $2 limit 1)`,
    [webhookId, MOST_DELIVERED],
  );
  return rows.map((row) => row.id);
}

type Tuple = [number, number, number, number, number];

function toTuple(one: Waiting): Tuple {
  return [one.outboxId, one.contactId, one.typeId, one.occurredAt, one.id];
}

function fromTuple([outboxId, contactId, typeId, occurredAt, id]: Tuple): Waiting {
  return { outboxId, contactId, typeId, occurredAt, id };
}

export async function countHour(
  tx: Tx,
  {
    webhookId,
    delivered,
    failed,
    now,
  }: { webhookId: number; delivered: number; failed: number; now: Date },
): Promise<void> {
  const hour = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
  await tx.query(
    `insert into webhook_hours (webhook_id, hour, delivered, failed) values ($1, $2, $3, $4)
         on conflict on constraint webhook_hours_pkey
            do update set delivered = webhook_hours.delivered + excluded.delivered,
                          failed = webhook_hours.failed + excluded.failed`,
    [webhookId, hour, delivered, failed],
  );
}

/** How a turn ended. */
export interface TurnEnd {
  id: number;
  processId: number;
  failures: number;
  failingSince: Date | null;
  problem: string | null;
  nextAt: Date | null;
  state: WebhookState;
}

/** Gives it back; what a person decided meanwhile stands. */
export async function endTurn(tx: Tx, end: TurnEnd): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update webhooks
        set leased_by = null, leased_until = null, failures = $3, failing_since = $4, problem = $5, next_at = $6,
            state = $7
      where id = $1 and leased_by = $2 and state = 'active'`,
    [end.id, end.processId, end.failures, end.failingSince, end.problem, end.nextAt, end.state],
  );
  if (rowCount === 0) {
    await tx.query(
      `update webhooks set leased_by = null, leased_until = null where id = $1 and leased_by = $2`,
      [end.id, end.processId],
    );
  }
  return rowCount === 1;
}

export interface AttemptRow {
  id: number;
  at: Date;
  took_ms: number;
  delivered: boolean;
  status: number | null;
  problem: string | null;
  answer: string | null;
  kind: WebhookKind | null;
  try: number;
  test: boolean;
  facts: number;
  skipped: Skip | null;
}

/** Who gave up the facts of a request that was not taken, and why. */
export interface Skip {
  /** RFC 3339. */
  at: string;
  by: string;
  reason: string;
  facts: number;
}

const COLUMNS = `id, at, took_ms, delivered, status, problem, answer, kind, try, test,
  jsonb_array_length(facts) as facts, skipped`;

/** Newest first. Index: webhook_attempts_newest. */
export async function listAttempts(
  db: Db,
  {
    workspaceId,
    webhookId,
    failed,
    before,
    limit,
  }: {
    workspaceId: number;
    webhookId: number;
    failed: boolean;
    before: number | undefined;
    limit: number;
  },
): Promise<AttemptRow[]> {
  const { rows } = await db.query<AttemptRow>(
    `select ${COLUMNS} from webhook_attempts
      where webhook_id = $2 and workspace_id = $1 and (not $3 or not delivered)
        and ($4::bigint is null or id < $4)
      order by id desc limit $5`,
    [workspaceId, webhookId, failed, before ?? null, limit],
  );
  return rows;
}

export async function findAttempt(
  db: Db,
  { workspaceId, webhookId, id }: { workspaceId: number; webhookId: number; id: number },
): Promise<(AttemptRow & { waiting: Waiting[] }) | undefined> {
  const { rows } = await db.query<AttemptRow & { tuples: Tuple[] }>(
    `select ${COLUMNS}, facts as tuples from webhook_attempts
      where webhook_id = $2 and workspace_id = $1 and id = $3`,
    [workspaceId, webhookId, id],
  );
  const row = rows[0];
  return row && { ...row, waiting: row.tuples.map(fromTuple) };
}

export async function noteSkip(
  tx: Tx,
  { id, skipped }: { id: number; skipped: Skip },
): Promise<void> {
  await tx.query(`update webhook_attempts set skipped = $2 where id = $1`, [
    id,
    JSON.stringify(skipped),
  ]);
}

/** Index: webhook_attempts_by_age. */
export async function forgetAttempts(db: Db, { before }: { before: Date }): Promise<void> {
  await db.query(`delete from webhook_attempts where at < $1`, [before]);
  await db.query(`delete from webhook_hours where hour < $1`, [before]);
}

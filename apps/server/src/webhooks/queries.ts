import type { WebhookFormatKey, WebhookKind, WebhookState } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';

export interface WebhookRow {
  id: number;
  workspace_id: number;
  name: string;
  url: string;
  format: WebhookFormatKey;
  kinds: WebhookKind[];
  filters: { event_types?: string[] | undefined; segments?: number[] | undefined };
  /** The alarm to which it belongs. */
  alarm_id: number | null;
  secrets: string;
  state: WebhookState;
  failures: number;
  failing_since: Date | null;
  problem: string | null;
  next_at: Date | null;
  dropped: number;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `id, workspace_id, name, url, format, kinds, filters, alarm_id, secrets, state, failures, failing_since,
  problem, next_at, dropped, created_at, updated_at`;

export async function listWebhooks(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<WebhookRow[]> {
  const { rows } = await db.query<WebhookRow>(
    `select ${COLUMNS} from webhooks where workspace_id = $1 order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}

export async function findWebhook(
  db: Db,
  { workspaceId, id, lock = false }: { workspaceId: number; id: number; lock?: boolean },
): Promise<WebhookRow | undefined> {
  const { rows } = await db.query<WebhookRow>(
    `select ${COLUMNS} from webhooks where workspace_id = $1 and id = $2 ${lock ? 'for update' : ''}`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Index: webhooks_of_alarm. */
export async function findWebhookOfAlarm(
  db: Db,
  { alarmId, lock = false }: { alarmId: number; lock?: boolean },
): Promise<WebhookRow | undefined> {
  const { rows } = await db.query<WebhookRow>(
    `select ${COLUMNS} from webhooks where alarm_id = $1 ${lock ? 'for update' : ''}`,
    [alarmId],
  );
  return rows[0];
}

export type NewWebhook = Pick<
  WebhookRow,
  'workspace_id' | 'name' | 'url' | 'format' | 'kinds' | 'filters' | 'alarm_id' | 'secrets'
>;

export async function insertWebhook(tx: Tx, row: NewWebhook, now: Date): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into webhooks (workspace_id, name, url, format, kinds, filters, secrets, alarm_id, state, created_at,
                           updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'active', $9, $9)
     returning id`,
    [
      row.workspace_id,
      row.name,
      row.url,
      row.format,
      row.kinds,
      JSON.stringify(row.filters),
      row.secrets,
      row.alarm_id,
      now,
    ],
  );
  return rows[0]!.id;
}

export async function updateWebhook(
  tx: Tx,
  row: Pick<WebhookRow, 'id' | 'name' | 'url' | 'kinds' | 'filters' | 'secrets'>,
  now: Date,
): Promise<void> {
  await tx.query(
    `update webhooks set name = $2, url = $3, kinds = $4, filters = $5, secrets = $6, updated_at = $7 where id = $1`,
    [row.id, row.name, row.url, row.kinds, JSON.stringify(row.filters), row.secrets, now],
  );
}

/** Whoever changes the state begins anew: what failed before is forgotten, the next try is now. */
export async function updateState(
  tx: Tx,
  { id, state, now }: { id: number; state: WebhookState; now: Date },
): Promise<void> {
  await tx.query(
    `update webhooks
        set state = $2, failures = 0, failing_since = null, problem = null, next_at = null, updated_at = $3
      where id = $1`,
    [id, state, now],
  );
}

/** What failed before is forgotten, and the next try is now; a state that somebody chose stays. */
export async function resetFailures(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(
    `update webhooks set failures = 0, failing_since = null, problem = null, next_at = null where id = $1`,
    [id],
  );
}

export async function deleteWebhook(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from webhook_outbox where webhook_id = $1`, [id]);
  await tx.query(`delete from webhooks where id = $1`, [id]);
}

/** How it has gone lately. */
export interface WebhookHealth {
  waiting: number;
  waiting_since: Date | null;
  hours: { hour: Date; delivered: number; failed: number }[];
}

/** What waits is counted so far; beyond it is only "more". */
export const MOST_COUNTED = 10_000;

/** Indexes: webhook_outbox_waiting, webhook_hours_pkey. */
export async function readHealth(
  db: Db,
  { id, since }: { id: number; since: Date },
): Promise<WebhookHealth> {
  const { rows } = await db.query<{ waiting: number; waiting_since: Date | null }>(
    `select (select count(*)::integer
               from (select 1 from webhook_outbox where webhook_id = $1 limit $2) as counted) as waiting,
            (select created_at from webhook_outbox where webhook_id = $1 order by id limit 1) as waiting_since`,
    [id, MOST_COUNTED],
  );
  const { rows: hours } = await db.query<WebhookHealth['hours'][number]>(
    `select hour, delivered, failed from webhook_hours where webhook_id = $1 and hour >= $2 order by hour`,
    [id, since],
  );
  return { ...rows[0]!, hours };
}

/** Of all workspaces: those whose last request was not taken, or that were given up. */
export async function countFailing(db: Db): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::integer as n from webhooks where failing_since is not null and state <> 'paused'`,
  );
  return rows[0]!.n;
}

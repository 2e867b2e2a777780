import type { Db, Tx } from '../db/index.ts';
import type { FactKey } from '../events/index.ts';
import type { WebhookRow } from './queries.ts';

/** A fact that waits to be told. */
export interface Waiting extends FactKey {
  outboxId: number;
}

/** Webhooks that have something to tell now and that nobody delivers. Index: webhook_outbox_waiting. */
export async function findDueWebhooks(
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>({
    name: 'find_due_webhooks',
    text: `select w.id from webhooks w
            where w.state = 'active' and (w.next_at is null or w.next_at <= $1)
              and (w.leased_until is null or w.leased_until <= $1)
              and exists (select from webhook_outbox o where o.webhook_id = w.id)
            order by w.next_at nulls first, w.id
            limit $2`,
    values: [now, limit],
  });
  return rows.map((row) => row.id);
}

/** When the next one that failed, or that a process left behind, may be tried. */
export async function nextDueAt(db: Db, { now }: { now: Date }): Promise<Date | null> {
  const { rows } = await db.query<{ at: Date | null }>(
    `select min(greatest(next_at, leased_until)) as at from webhooks
      where state = 'active' and greatest(next_at, leased_until) > $1`,
    [now],
  );
  return rows[0]?.at ?? null;
}

/** Takes it for this process; undefined if another one was faster. */
export async function leaseWebhook(
  db: Db,
  { id, processId, now, until }: { id: number; processId: number; now: Date; until: Date },
): Promise<WebhookRow | undefined> {
  const { rows } = await db.query<WebhookRow>({
    name: 'lease_webhook',
    text: `update webhooks set leased_by = $2, leased_until = $4
            where id = $1 and state = 'active' and (next_at is null or next_at <= $3)
              and (leased_until is null or leased_until <= $3)
            returning *`,
    values: [id, processId, now, until],
  });
  return rows[0];
}

/** The first that wait, in their order. Index: webhook_outbox_waiting. */
export async function firstWaiting(
  db: Db,
  { webhookId, limit }: { webhookId: number; limit: number },
): Promise<Waiting[]> {
  const { rows } = await db.query<{
    id: number;
    contact_id: number;
    event_type_id: number;
    occurred_at: Date;
    event_id: number;
  }>({
    name: 'first_waiting_of_webhook',
    text: `select id, contact_id, event_type_id, occurred_at, event_id from webhook_outbox
            where webhook_id = $1 order by id limit $2`,
    values: [webhookId, limit],
  });
  return rows.map((row) => ({
    outboxId: row.id,
    contactId: row.contact_id,
    typeId: row.event_type_id,
    occurredAt: row.occurred_at.getTime(),
    id: row.event_id,
  }));
}

/** What was told, wherever a merge has moved it meanwhile. */
export async function deleteWaiting(
  tx: Tx,
  { webhookId, ids }: { webhookId: number; ids: readonly number[] },
): Promise<number> {
  if (ids.length === 0) return 0;
  const { rowCount } = await tx.query(
    `delete from webhook_outbox where webhook_id = $1 and id = any($2::bigint[])`,
    [webhookId, ids],
  );
  return rowCount ?? 0;
}

/** Told again under their old IDs, so first of all; contacts may have become others. */
export async function insertAgain(
  tx: Tx,
  {
    workspaceId,
    webhookId,
    waiting,
    now,
  }: { workspaceId: number; webhookId: number; waiting: readonly Waiting[]; now: Date },
): Promise<void> {
  await tx.query(
    `insert into webhook_outbox (contact_id, id, workspace_id, webhook_id, event_type_id, occurred_at, event_id,
                                 created_at)
     select coalesce(c.merged_into, row.contact_id), row.id, $6, $7, row.event_type_id, row.occurred_at, row.event_id, $8
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[])
            as row (contact_id, id, event_type_id, occurred_at, event_id)
       left join contacts c on c.id = row.contact_id
         on conflict on constraint webhook_outbox_pkey do nothing`,
    [
      waiting.map((row) => row.contactId),
      waiting.map((row) => row.outboxId),
      waiting.map((row) => row.typeId),
      waiting.map((row) => new Date(row.occurredAt)),
      waiting.map((row) => row.id),
      workspaceId,
      webhookId,
      now,
    ],
  );
}

/** Gives up what has waited too long, or stands behind too many; answers how much. */
export async function trimOutbox(
  tx: Tx,
  { webhookId, before, most }: { webhookId: number; before: Date; most: number },
): Promise<number> {
  const { rowCount } = await tx.query(
    `delete from webhook_outbox
      where webhook_id = $1
        and (created_at < $2
             or id <= coalesce((select id from webhook_outbox where webhook_id = $1
                                 order by id desc offset $3 limit 1), 0))`,
    [webhookId, before, most],
  );
  const dropped = rowCount ?? 0;
  if (dropped > 0) {
    await tx.query(`update webhooks set dropped = dropped + $2 where id = $1`, [
      webhookId,
      dropped,
    ]);
  }
  return dropped;
}

/** Noted while their webhook was being deleted. */
export async function dropOrphans(db: Db): Promise<void> {
  await db.query(
    `delete from webhook_outbox o where not exists (select from webhooks w where w.id = o.webhook_id)`,
  );
}

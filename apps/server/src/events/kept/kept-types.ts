import type { Db, Tx } from '../../db/index.ts';
import type { Origin } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { enqueueJob } from '../../jobs/index.ts';
import { KEPT_BUILD, KEPT_DROP } from './kinds.ts';

const DAY_MS = 86_400_000;

/** Of a workspace; each costs a little time whenever such an event is stored. */
const MOST_KEPT = 50;

/** A question that takes longer is worth it. */
const SLOW_MS = 250;

/** Nobody asked for it in so long. */
const FORGOTTEN_MS = 30 * DAY_MS;

/**
 * Keys of the types whose first and last times are kept and whole. With `hold` they stay so until the
 * transaction ends; a snapshot of the database needs no hold. Index kept_types_of_workspace.
 */
export async function readKeptTypes(
  db: Db,
  { workspaceId, hold = false }: { workspaceId: number; hold?: boolean },
): Promise<Set<string>> {
  const { rows } = await db.query<{ key: string }>(
    `select type.key
       from kept_types kept
       join event_types type on type.id = kept.event_type_id
      where kept.workspace_id = $1 and kept.built_at is not null
        ${hold ? 'for key share of kept' : ''}`,
    [workspaceId],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Which of these types have rows to be kept up, whole or not. Index kept_types_pkey. */
export async function keptAmong(
  db: Db,
  { typeIds }: { typeIds: readonly number[] },
): Promise<Set<number>> {
  const { rows } = await db.query<{ id: number }>({
    name: 'kept_among',
    text: `select event_type_id as id from kept_types where event_type_id = any($1)`,
    values: [typeIds],
  });
  return new Set(rows.map(({ id }) => id));
}

/**
 * A question asked for the times of these types, by their keys. Those that are not kept are from now
 * on, if it was slow; a job adds what contacts did before.
 */
export async function tendKeptTypes(
  tx: Tx,
  {
    workspaceId,
    keys,
    tookMs,
    now,
  }: { workspaceId: number; keys: readonly string[]; tookMs: number; now: Date },
): Promise<void> {
  const { rows } = await tx.query<{ id: number; asked_at: Date | null }>(
    `select type.id, kept.asked_at
       from event_types type
       left join kept_types kept on kept.event_type_id = type.id
      where type.workspace_id = $1 and type.key = any($2)
      order by type.id`,
    [workspaceId, keys],
  );
  const missing = rows.filter((row) => row.asked_at === null);
  if (tookMs > SLOW_MS) {
    for (const { id: typeId } of missing) await keepType(tx, { workspaceId, typeId, now });
  }
  const before = new Date(now.getTime() - DAY_MS);
  const old = rows.filter((row) => row.asked_at !== null && row.asked_at < before);
  if (old.length === 0) return;
  await tx.query(`update kept_types set asked_at = $2 where event_type_id = any($1)`, [
    old.map(({ id }) => id),
    now,
  ]);
}

/** Begins to keep a type; nothing happens where it is kept, or too many are. */
export async function keepType(
  tx: Tx,
  { workspaceId, typeId, now }: { workspaceId: number; typeId: number; now: Date },
): Promise<void> {
  const { rowCount } = await tx.query(
    `insert into kept_types (event_type_id, workspace_id, created_at, asked_at)
     select $1, $2, $3, $3
      where (select count(*) from kept_types where workspace_id = $2) < $4
         on conflict on constraint kept_types_pkey do nothing`,
    [typeId, workspaceId, now, MOST_KEPT],
  );
  if (rowCount === 0) return;
  const input = { ...(await aboutType(tx, { typeId })), begun_at: now.toISOString() };
  await enqueueJob(tx, { workspaceId, kind: KEPT_BUILD, input, by: originOf(workspaceId, now) });
}

/**
 * What is kept of a type is no longer right, or nobody asks for it; a job takes it away. Waits for
 * the slice that builds it and for the questions that read it.
 */
export async function dropKeptType(
  tx: Tx,
  { typeId, now }: { typeId: number; now: Date },
): Promise<void> {
  const { rows } = await tx.query<{ workspace_id: number }>(
    `delete from kept_types where event_type_id = $1 returning workspace_id`,
    [typeId],
  );
  for (const { workspace_id: workspaceId } of rows) {
    const input = await aboutType(tx, { typeId });
    await enqueueJob(tx, { workspaceId, kind: KEPT_DROP, input, by: originOf(workspaceId, now) });
  }
}

/** Of a type that is gone only its ID is left. */
async function aboutType(tx: Tx, { typeId }: { typeId: number }): Promise<JsonObject> {
  const { rows } = await tx.query<{ key: string }>(`select key from event_types where id = $1`, [
    typeId,
  ]);
  return { event_type_id: typeId, event_type: rows[0]?.key ?? null };
}

/** Drops what no question used for long. */
export async function dropForgottenTypes(tx: Tx, { now }: { now: Date }): Promise<void> {
  const { rows } = await tx.query<{ id: number }>(
    `select event_type_id as id from kept_types where asked_at < $1 order by event_type_id`,
    [new Date(now.getTime() - FORGOTTEN_MS)],
  );
  for (const { id: typeId } of rows) await dropKeptType(tx, { typeId, now });
}

/** Whether the job that began then still has something to build; held until the slice ends. */
export async function holdUnbuilt(
  tx: Tx,
  { typeId, begunAt }: { typeId: number; begunAt: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from kept_types
      where event_type_id = $1 and created_at = $2 and built_at is null
        for key share`,
    [typeId, begunAt],
  );
  return rowCount === 1;
}

export async function markBuilt(
  tx: Tx,
  { typeId, now }: { typeId: number; now: Date },
): Promise<void> {
  await tx.query(`update kept_types set built_at = $2 where event_type_id = $1`, [typeId, now]);
}

function originOf(workspaceId: number, now: Date): Origin & { workspaceId: number } {
  return { workspaceId, actor: { kind: 'system', id: null, name: 'segments' }, at: now };
}

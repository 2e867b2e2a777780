import type { Db, Tx } from '../db/index.ts';
import type { BlockRef } from './block-state.ts';

const DAYS = 90;

/** How choices were shared, by day; all slots together. Index choice_days_pkey. */
export async function readDays(
  db: Db,
  { workflowId, block, now }: BlockRef & { now: Date },
): Promise<{ day: string; message_id: number; chosen: number }[]> {
  const { rows } = await db.query<{ day: string; message_id: number; chosen: number }>(
    `select day::text as day, message_id, sum(chosen)::bigint as chosen
       from choice_days
      where workflow_id = $1 and block = $2 and day > $3::date - $4::integer
      group by day, message_id
      order by day, message_id`,
    [workflowId, block, now.toISOString().slice(0, 10), DAYS],
  );
  return rows;
}

/** What is shown of a message. */
export interface VariantLook {
  name: string;
  version: number;
  default_language: string;
}

export async function readLooks(
  db: Db,
  { ids }: { ids: readonly number[] },
): Promise<Map<number, VariantLook>> {
  const { rows } = await db.query<VariantLook & { id: number }>(
    `select id, name, version, default_language from messages where id = any($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map(({ id, ...look }) => [id, look]));
}

/** Nobody else decides about the block until the transaction ends. */
export async function lockBlockState(tx: Tx, { workflowId, block }: BlockRef): Promise<void> {
  await tx.query(
    `insert into choice_blocks (workflow_id, block) values ($1, $2)
         on conflict on constraint choice_blocks_pkey do update set block = excluded.block`,
    [workflowId, block],
  );
}

export async function setPaused(
  tx: Tx,
  { workflowId, block, paused }: BlockRef & { paused: readonly number[] },
): Promise<void> {
  await tx.query(`update choice_blocks set paused = $3 where workflow_id = $1 and block = $2`, [
    workflowId,
    block,
    paused,
  ]);
}

interface Learning {
  epoch: number;
  epochs: readonly number[];
  before: readonly number[] | null;
  resetAt: Date | null;
  resetBy: string | null;
}

export async function setLearning(
  tx: Tx,
  { workflowId, block, ...learning }: BlockRef & Learning,
): Promise<void> {
  await tx.query(
    `update choice_blocks
        set epoch = $3, epochs = $4, epochs_before = $5, reset_at = $6, reset_by = $7
      where workflow_id = $1 and block = $2`,
    [
      workflowId,
      block,
      learning.epoch,
      learning.epochs,
      learning.before,
      learning.resetAt,
      learning.resetBy,
    ],
  );
}

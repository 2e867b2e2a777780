import { copyRows } from '../db/binary-copy.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Pool, Tx } from '../db/pool.ts';
import type { InboxItem, Lane } from './item.ts';
import { encodeItems } from './payload.ts';

/**
 * Held by a flush from before it reads the clock until it has committed, so that flushes of all
 * processes follow one another: the order of `seq` is the order of `received_at` and of commit,
 * and whoever gets the lock at T knows that all that arrived by T is visible.
 */
export const ARRIVAL_LOCK = 0x7065_7265;

/** Workers of all processes are woken by it. */
export const INBOX_CHANNEL = 'perennial_inbox';

export interface Appended {
  workspaceId: number;
  lane: Lane;
  /** JSON texts of items. */
  items: string[];
}

/** Writes everything in one commit: a row for each workspace and lane. */
export async function flush(
  pool: Pool,
  { appended, clock }: { appended: Appended[]; clock: () => Date },
): Promise<void> {
  await inTransaction(pool, (tx) => writeArrivals(tx, { appended, clock }));
}

/**
 * Appends as part of the caller's transaction: what goes with it (an audit row, the removal of a
 * dead event) is never there without the items, nor they without it. Must be the last thing before
 * the commit, for until then nothing else arrives.
 */
export async function appendWithin(
  tx: Tx,
  {
    items,
    clock,
    ...where
  }: { workspaceId: number; lane: Lane; items: InboxItem[]; clock: () => Date },
): Promise<void> {
  const appended = [{ ...where, items: items.map((item) => JSON.stringify(item)) }];
  if (items.length > 0) await writeArrivals(tx, { appended, clock });
}

async function writeArrivals(
  tx: Tx,
  { appended, clock }: { appended: Appended[]; clock: () => Date },
): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${ARRIVAL_LOCK})`);
  const receivedAt = clock().getTime();
  const rows = rowsOf(appended).map(({ workspaceId, lane, items }) => [
    workspaceId,
    lane,
    items.length,
    receivedAt,
    encodeItems(items),
  ]);
  await copyRows(
    tx,
    'inbox',
    [
      ['workspace_id', 'int8'],
      ['lane', 'int2'],
      ['n', 'int4'],
      ['received_at', 'timestamptz'],
      ['payload', 'bytea'],
    ],
    rows,
  );
  await tx.query(`notify ${INBOX_CHANNEL}`);
}

function rowsOf(appended: Appended[]): Appended[] {
  const rows = new Map<string, Appended>();
  for (const { workspaceId, lane, items } of appended) {
    const key = `${workspaceId} ${lane}`;
    const row = rows.get(key);
    if (row) for (const item of items) row.items.push(item);
    else rows.set(key, { workspaceId, lane, items: [...items] });
  }
  return [...rows.values()];
}

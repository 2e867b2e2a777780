import type { Tx } from '../db/index.ts';
import { findDueRuns, findFirstDueRuns, type RunRow } from './queries.ts';

export interface DueBy {
  /** Slots that the transaction owns, in the order in which they may be served. */
  slots: readonly number[];
  /** By workspace, the instant up to which all that arrived is in the slots' queues. */
  marks: ReadonlyMap<number, number>;
  /** By slot, where something still waits in the queue: its arrival. Nothing due then may pass it. */
  oldestQueued?: ReadonlyMap<number, number> | undefined;
  now: number;
  limit: number;
}

/**
 * The runs whose next step is due, at most `limit`, in the order of their instants. Mostly fewer are
 * due in all slots together and one statement finds them; only a backlog is taken slot by slot,
 * since the order of instants over many slots would read and sort all of it.
 */
export async function claimDueRuns(tx: Tx, due: DueBy): Promise<RunRow[]> {
  const until = Math.min(due.now, Math.max(...due.marks.values()));
  if (due.slots.length === 0 || !Number.isFinite(until)) return [];
  const bounds = {
    until: new Date(until),
    marks: JSON.stringify(Object.fromEntries(due.marks)),
    queued: JSON.stringify(Object.fromEntries(due.oldestQueued ?? [])),
  };
  const some = await findDueRuns(tx, { slots: [...due.slots], ...bounds, limit: due.limit + 1 });
  const rows = some.length <= due.limit ? some : await claimBySlot(tx, due, bounds);
  return rows.toSorted(byInstant);
}

async function claimBySlot(
  tx: Tx,
  { slots, limit }: DueBy,
  bounds: { until: Date; marks: string; queued: string },
): Promise<RunRow[]> {
  const rows: RunRow[] = [];
  for (const slot of slots) {
    if (rows.length >= limit) break;
    rows.push(...(await findFirstDueRuns(tx, { slot, ...bounds, limit: limit - rows.length })));
  }
  return rows;
}

/** The order in which steps are due. */
function byInstant(a: RunRow, b: RunRow): number {
  return a.wake_at.getTime() - b.wake_at.getTime() || a.id - b.id;
}

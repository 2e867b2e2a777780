import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/pool.ts';
import { sanitizeJson, type Origin } from '../http/index.ts';
import { appendWithin, LANES, type InboxItem, type Stamped } from '../inbox/index.ts';
import { enqueueStamped, readSlotCount } from '../slots/index.ts';
import {
  countDeadEvents,
  takeDeadEvents,
  type DeadEvent,
  type DeadEventChoice,
} from './dead-events.ts';

/** Handled in one transaction; a call for more says how many remain. */
const MOST_AT_ONCE = 5000;

/** Rows named in the audit. */
const MOST_NAMED = 100;

interface Handling {
  workspaceId: number;
  choice: DeadEventChoice;
  by: Origin;
}

interface Handled {
  handled: number;
  remaining: number;
}

/**
 * Sends dead events through the pipeline again, in the lane they came by. What was never resolved
 * arrives anew; what was resolved goes back to its contact's slot with what the resolver had found,
 * because that is written already and would not be found a second time.
 */
export async function retryDeadEvents(
  tx: Tx,
  { clock, ...handling }: Handling & { clock: () => Date },
): Promise<Handled> {
  const { workspaceId } = handling;
  const { taken, remaining } = await take(tx, handling, 'dead_event.retry');
  const stages = Map.groupBy(taken, (row) => row.stage);
  const receivedAt = clock().getTime();
  await enqueueStamped(tx, {
    stamped: (stages.get('apply') ?? []).map((row) => ({
      ...readItem<Stamped>(row),
      receivedAt,
    })),
    slots: await readSlotCount(tx),
  });
  for (const lane of Object.values(LANES)) {
    const items = (stages.get('resolve') ?? [])
      .filter((row) => row.lane === lane)
      .map(readItem<InboxItem>);
    await appendWithin(tx, { workspaceId, lane, items, clock });
  }
  return { handled: taken.length, remaining };
}

/** Half a character may be what it died of: the database takes no such text. */
function readItem<Item>(row: DeadEvent): Item {
  return sanitizeJson(JSON.parse(row.item)) as Item;
}

/** Gives them up for good. */
export async function deleteDeadEvents(tx: Tx, handling: Handling): Promise<Handled> {
  const { taken, remaining } = await take(tx, handling, 'dead_event.delete');
  return { handled: taken.length, remaining };
}

async function take(
  tx: Tx,
  { workspaceId, choice, by }: Handling,
  action: string,
): Promise<{ taken: DeadEvent[]; remaining: number }> {
  const taken = await takeDeadEvents(tx, { workspaceId, choice, limit: MOST_AT_ONCE });
  const left = await countDeadEvents(tx, { workspaceId, choice });
  if (taken.length > 0) {
    const [only] = taken.length === 1 ? taken : [];
    await writeAudit(tx, {
      by,
      action,
      object: { kind: 'dead_event', id: only?.id ?? null },
      before: {
        count: taken.length,
        first: taken.slice(0, MOST_NAMED).map(({ id, kind, reason }) => ({ id, kind, reason })),
      },
    });
  }
  return { taken, remaining: left.reduce((sum, row) => sum + row.count, 0) };
}

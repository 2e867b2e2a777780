import type { Pool } from '../../db/index.ts';
import {
  pendingCalls,
  type FetchCall,
  type Rendered,
  type RenderPool,
} from '../../messages/index.ts';
import { postponeDeliveries, type WorkRow } from './work-queries.ts';

/** Deliveries that stand aside until what they say was fetched from somebody else's server. */
export interface ContentWaits {
  /** Fetches what these renderings lack; each delivery is due again when its own is there. */
  begin(rows: readonly WorkRow[], rendered: readonly Rendered[]): void;
  /** So many of its message wait already that more would only be taken and put back. */
  crowded(row: WorkRow): boolean;
  busy(): boolean;
  /** Resolves when nothing is being fetched. */
  settled(): Promise<void>;
  /** What is fetched from now on calls nobody any more. */
  stop(): void;
}

export interface ContentWaitsParts {
  pool: Pool;
  renderPool: Pick<RenderPool, 'fetch'>;
  clock: () => Date;
  /** Resolves when what was recorded of deliveries is committed. */
  recorded: () => Promise<void>;
  onError: (cause: unknown) => void;
  /** Something is due again. */
  onDue: () => void;
}

const MOST_OF_MESSAGE = 500;

export function createContentWaits(parts: ContentWaitsParts): ContentWaits {
  const { pool, renderPool, clock, recorded, onError, onDue } = parts;
  const ofMessage = new Map<number, number>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;

  function count({ message_id: id }: WorkRow, change: 1 | -1): void {
    const next = (ofMessage.get(id) ?? 0) + change;
    if (next > 0) ofMessage.set(id, next);
    else ofMessage.delete(id);
  }

  async function wait(row: WorkRow, calls: readonly FetchCall[]): Promise<void> {
    count(row, 1);
    try {
      const found = await Promise.all(
        calls.map((call) => renderPool.fetch(row.workspace_id, call)),
      );
      // Otherwise it asks again when it is due by itself.
      if (found.includes(false) || stopped) return;
      // What puts it aside may still be on its way to the database.
      await recorded();
      await postponeDeliveries(pool, { rows: [row], until: clock() });
      onDue();
    } catch (error) {
      onError(error);
    } finally {
      count(row, -1);
    }
  }

  return {
    begin(rows, rendered) {
      for (const [i, row] of rows.entries()) {
        const calls = pendingCalls(rendered[i]!);
        if (calls.length === 0) continue;
        const waiting: Promise<void> = wait(row, calls).finally(() => underWay.delete(waiting));
        underWay.add(waiting);
      }
    },
    crowded: ({ message_id: id }) => (ofMessage.get(id) ?? 0) >= MOST_OF_MESSAGE,
    busy: () => underWay.size > 0,
    async settled() {
      await Promise.all(underWay);
    },
    stop() {
      stopped = true;
    },
  };
}

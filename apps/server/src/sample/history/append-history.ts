import type { Pool } from '../../db/index.ts';
import { createInbox, LANES, type InboxItem } from '../../inbox/index.ts';
import { HOUR_MS } from '../people/local-time.ts';
import { makeHistory, type HistoryOptions } from './make-history.ts';
import { toItem } from './to-item.ts';

export interface AppendOptions extends HistoryOptions {
  workspaceId: number;
  /** Later calls are answered instead, for when workflows run. */
  settledUntil: number;
  /** Calls up to here were appended before. */
  after: number;
  /** Every so often: all calls up to this instant are in the inbox. */
  onReached: (reached: { at: number; items: number }) => Promise<void>;
  signal: AbortSignal;
}

/** What arrives together, as if the program had taken it every three hours. */
const ARRIVAL_MS = 3 * HOUR_MS;

/**
 * Puts the past into the inbox, in order, as it would have arrived: contacts are as old as the
 * first that was heard of them. Nothing else may be sent to the workspace meanwhile. Answers the
 * last hours as items that are not past.
 *
 * What was appended before a crash is recognised: calls bear the same messageId every time.
 */
export async function appendHistory(
  pool: Pool,
  { workspaceId, settledUntil, after, onReached, signal, ...options }: AppendOptions,
): Promise<InboxItem[]> {
  let receivedAt = after;
  const recent: InboxItem[] = [];
  const inbox = createInbox({ pool, clock: () => new Date(receivedAt) });
  for (const piece of makeHistory(options)) {
    signal.throwIfAborted();
    const settled = piece.filter(({ call }) => call.at > after && call.at <= settledUntil);
    for (const [arrival, items] of byArrival(settled.map((entry) => toItem(entry)))) {
      receivedAt = arrival;
      await inbox.append({ workspaceId, lane: LANES.stream, items });
    }
    if (settled.length > 0) await onReached({ at: receivedAt, items: settled.length });
    for (const entry of piece) {
      if (entry.call.at > settledUntil) recent.push(toItem(entry, { live: true }));
    }
  }
  await inbox.close();
  return recent;
}

/** Items by the instant at which they arrive: that of the last one of each span. */
function byArrival(items: InboxItem[]): [arrival: number, items: InboxItem[]][] {
  const spans = new Map<number, InboxItem[]>();
  for (const item of items) {
    const span = Math.floor(item.at / ARRIVAL_MS);
    const known = spans.get(span);
    if (known) known.push(item);
    else spans.set(span, [item]);
  }
  return [...spans.values()].map((span) => [span.at(-1)!.at, span]);
}

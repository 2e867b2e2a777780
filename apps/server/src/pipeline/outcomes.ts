import type { Tx } from '../db/pool.ts';
import { recordImported, type PartOutcome } from '../imports/index.ts';
import { refuseSendRequests } from '../sends/index.ts';
import {
  LANES,
  waitingVisit,
  writeResults,
  type InboxItem,
  type ItemOutcome,
  type SlotItem,
  type Stamped,
  type TicketOutcome,
  type WaitingVisit,
} from '../inbox/index.ts';
import { enqueueStamped, readSlotCount } from '../slots/index.ts';

/** What is told of items: to calls that wait, and to what they were part of. */
export interface Outcomes {
  outcomes: TicketOutcome[];
  parts: PartOutcome[];
  /** Messages that were asked for, and nobody can get. */
  unsent: { requestId: number; reason: string }[];
}

/** False if nobody is to be told. */
export function tell(item: InboxItem | SlotItem, outcome: ItemOutcome, into: Outcomes): boolean {
  const { ticket, part } = 'ids' in item ? item : {};
  const wants = item.kind === 'identify' ? item.wants : undefined;
  if (ticket) into.outcomes.push({ ticket, outcome });
  if (part) into.parts.push({ part, outcome });
  if (wants && !outcome.ok) {
    into.unsent.push({ requestId: wants.requestId, reason: outcome.message.slice(0, 500) });
  }
  return ticket !== undefined || part !== undefined || wants !== undefined;
}

export async function writeOutcomes(
  tx: Tx,
  { outcomes, parts, unsent, now }: Outcomes & { now: Date },
): Promise<void> {
  const [toRuns, toCalls] = sortOut(outcomes);
  await writeResults(tx, { outcomes: toCalls, now });
  await recordImported(tx, { parts, now });
  await refuseSendRequests(tx, { refusals: unsent });
  if (toRuns.length === 0) return;
  const stamped = toRuns.map((told) => resumeOf(told, now));
  await enqueueStamped(tx, { stamped, slots: await readSlotCount(tx) });
}

type ToRun = Pick<TicketOutcome, 'outcome'> & { visit: WaitingVisit };

/** Outcomes that runs wait for, and the others. */
function sortOut(outcomes: readonly TicketOutcome[]): [ToRun[], TicketOutcome[]] {
  const toRuns: ToRun[] = [];
  const toCalls: TicketOutcome[] = [];
  for (const told of outcomes) {
    const visit = waitingVisit(told.ticket);
    if (visit) toRuns.push({ visit, outcome: told.outcome });
    else toCalls.push(told);
  }
  return [toRuns, toCalls];
}

/** The run hears of it in its own slot, in one commit with what was done. */
function resumeOf({ visit, outcome }: ToRun, now: Date): Stamped {
  const { workspaceId, contactId, runId, step } = visit;
  const at = now.getTime();
  return {
    workspaceId,
    contactId,
    receivedAt: at,
    lane: LANES.interactive,
    item: { kind: 'resume', runId, step, outcome, at, source: 'workflow' },
  };
}

import type { Tx } from '../db/pool.ts';
import { recordImported, type PartOutcome } from '../imports/index.ts';
import { refuseSendRequests } from '../sends/index.ts';
import {
  writeResults,
  type InboxItem,
  type ItemOutcome,
  type SlotItem,
  type TicketOutcome,
} from '../inbox/index.ts';

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
  await writeResults(tx, { outcomes, now });
  await recordImported(tx, { parts, now });
  await refuseSendRequests(tx, { refusals: unsent });
}

import type { Tx } from '../db/pool.ts';
import { recordImported, type PartOutcome } from '../imports/index.ts';
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
}

/** False if nobody is to be told. */
export function tell(item: InboxItem | SlotItem, outcome: ItemOutcome, into: Outcomes): boolean {
  const { ticket, part } = 'ids' in item ? item : {};
  if (ticket) into.outcomes.push({ ticket, outcome });
  if (part) into.parts.push({ part, outcome });
  return ticket !== undefined || part !== undefined;
}

export async function writeOutcomes(
  tx: Tx,
  { outcomes, parts, now }: Outcomes & { now: Date },
): Promise<void> {
  await writeResults(tx, { outcomes, now });
  await recordImported(tx, { parts, now });
}

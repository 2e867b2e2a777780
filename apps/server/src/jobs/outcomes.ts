import type { Tx } from '../db/index.ts';
import { readResults, takeResults, type ItemOutcome } from '../inbox/index.ts';
import type { Work } from './work.ts';

/** Names the items of a slice, so that a later one can ask what became of them. */
export function ticketOf({ id, slice }: Pick<Work, 'id' | 'slice'>, n: number): string {
  return `job:${id}:${slice}:${n}`;
}

/**
 * What became of the first `n` items of that slice, in their order; undefined while some are still
 * waiting or being applied.
 */
export async function collectOutcomes(
  tx: Tx,
  of: Pick<Work, 'id' | 'slice'> & { n: number },
): Promise<ItemOutcome[] | undefined> {
  const tickets = Array.from({ length: of.n }, (_, n) => ticketOf(of, n));
  const ready = await readResults(tx, { tickets });
  if (ready.length < of.n) return undefined;
  const outcomes = new Map(ready.map(({ ticket, outcome }) => [ticket, outcome]));
  await takeResults(tx, { tickets });
  return tickets.map((ticket) => outcomes.get(ticket)!);
}

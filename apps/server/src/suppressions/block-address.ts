import type { Tx } from '../db/index.ts';
import { findBlocks, keyOf } from './queries.ts';
import { suppressAddresses, type SuppressionToWrite } from './suppress-address.ts';

const DAY_MS = 86_400_000;

/** How long an address is left alone after the first refusal in a row, the second, and so on. */
const LADDER_MS = [1, 2, 3, 90].map((days) => days * DAY_MS);

export type Refusal = Omit<SuppressionToWrite, 'reason' | 'until' | 'strikes' | 'since'>;

/**
 * Addresses that take nothing for now (the mailbox is full, or inactive) are blocked for a time,
 * longer with each refusal that no delivery lies between. Refusals while a block holds were under
 * way before it, and do not count.
 */
export async function blockAddresses(
  tx: Tx,
  { refusals, slots, now }: { refusals: readonly Refusal[]; slots: number; now: Date },
): Promise<void> {
  if (refusals.length === 0) return;
  const known = new Map(
    (await findBlocks(tx, { addresses: refusals })).map((row) => [
      keyOf({ ...row, workspaceId: row.workspace_id }),
      row,
    ]),
  );
  const suppressions = refusals.flatMap((refusal): SuppressionToWrite[] => {
    const block = known.get(keyOf(refusal));
    if (block && (block.until === null || block.until > now)) return [];
    const strikes = Math.min((block?.strikes ?? 0) + 1, LADDER_MS.length);
    const until = new Date(now.getTime() + LADDER_MS[strikes - 1]!);
    return [{ ...refusal, reason: 'blocked', since: now, until, strikes }];
  });
  await suppressAddresses(tx, { suppressions, slots, now });
}

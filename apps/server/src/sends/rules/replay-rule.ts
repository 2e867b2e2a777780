import { fitsAt, type Cap } from '../gates/caps.ts';

/** A message that left, as a rule counts it. */
export interface Past {
  at: number;
  transactional: boolean;
}

/**
 * How many of one contact's messages, oldest first, a rule would have kept back if it had been there
 * since an instant. What it keeps back does not count for those after it.
 */
export function replayRule(
  sent: readonly Past[],
  { cap, since }: { cap: Cap; since: number },
): number {
  const kept: number[] = [];
  let back = 0;
  for (const { at, transactional } of sent) {
    if (at > since && !transactional && !fitsAt(kept, at, cap)) back += 1;
    else kept.push(at);
  }
  return back;
}

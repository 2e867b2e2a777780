import type { Rendered } from '../../messages/index.ts';
import type { FlowOutcome } from './flow.ts';
import { describeProblem } from './rendering-problem.ts';

export type Unwritten = Extract<Rendered, { ok: false }>;

/** How long a delivery stands aside while what it says is fetched; it is called as soon as it is there. */
export const FETCH_WAIT_MS = 15_000;

/** What becomes of a delivery whose message could not be written for its contact. */
export function outcomeOfUnwritten({ problem }: Unwritten, now: Date): FlowOutcome {
  const answer = describeProblem(problem);
  if (problem.pending) {
    const until = new Date(now.getTime() + FETCH_WAIT_MS);
    return { kind: 'waiting', until, reason: 'fetching content' };
  }
  if (problem.missing !== undefined) {
    return { kind: 'withdrawn', reason: `missing ${problem.missing}`, answer };
  }
  if (problem.unfetched === 'dont_send') {
    return { kind: 'withdrawn', reason: 'content not fetched', answer };
  }
  if (problem.unfetched === 'retry') {
    return { kind: 'deferred', reason: 'content not fetched', answer };
  }
  return { kind: 'rejected', reason: 'rendering', answer };
}

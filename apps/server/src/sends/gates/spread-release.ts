import { hashPoint } from '@perennial/blocks';
import type { Opening } from './send-window.ts';

/**
 * When what waited for an opening leaves: spread over its beginning, never over more than its first
 * half, so that a night's messages do not all leave in the first minute. The instant depends on the
 * contact and the opening alone: what waits for one contact comes together, and goes by priority.
 */
export function spreadRelease({
  opening,
  contactId,
  overMs,
}: {
  opening: Opening;
  contactId: number;
  overMs: number;
}): number {
  const share = Math.min(overMs, (opening.to - opening.from) / 2);
  return opening.from + Math.floor(share * hashPoint(`${contactId} ${opening.from}`));
}

import { slotOf } from '../slots/index.ts';
import type { SizeChange } from './membership-queries.ts';

/** A contact that became a member (1), ceased to be one (-1), or neither (0). */
export interface Step {
  segmentId: number;
  contactId: number;
  workspaceId: number;
  by: number;
}

/** What the steps change of the sizes; a segment that only exchanged members is among them. */
export function countMoves(steps: Iterable<Step>, slots: number): SizeChange[] {
  const sizes = new Map<string, SizeChange>();
  for (const { segmentId, contactId, workspaceId, by } of steps) {
    const slot = slotOf(contactId, slots);
    const key = `${segmentId} ${slot}`;
    const size = sizes.get(key) ?? { segmentId, slot, workspaceId, by: 0 };
    sizes.set(key, { ...size, by: size.by + by });
  }
  return [...sizes.values()];
}

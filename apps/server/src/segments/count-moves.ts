import { slotOf } from '../slots/index.ts';
import type { SizeChange } from './membership-queries.ts';

/** A contact that became a member (1), ceased to be one (-1), or neither (0). */
export interface Step {
  segmentId: number;
  contactId: number;
  workspaceId: number;
  by: number;
  /** How often it entered and left again, or left and came back, besides. */
  passing?: number;
}

/** What the steps change of the sizes; a segment that only exchanged members is among them. */
export function countMoves(steps: Iterable<Step>, slots: number): SizeChange[] {
  const sizes = new Map<string, SizeChange>();
  for (const { segmentId, contactId, workspaceId, by, passing = 0 } of steps) {
    const slot = slotOf(contactId, slots);
    const key = `${segmentId} ${slot}`;
    const size = sizes.get(key) ?? { segmentId, slot, workspaceId, by: 0, entered: 0, left: 0 };
    sizes.set(key, size);
    size.by += by;
    size.entered += passing + Math.max(0, by);
    size.left += passing + Math.max(0, -by);
  }
  return [...sizes.values()];
}

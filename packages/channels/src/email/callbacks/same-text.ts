import { hash, timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSameText(right: string, given: string): boolean {
  return timingSafeEqual(hash('sha256', right, 'buffer'), hash('sha256', given, 'buffer'));
}

import type { SegmentSizes } from '@perennial/contracts';
import { useRead } from '../../app/data.ts';

/** Days that a sparkline and the chart show. */
export const SHOWN_DAYS = 30;

/** Sizes of a segment by day, the oldest first. */
export function useDaySizes(id: string, days = SHOWN_DAYS) {
  return useRead<SegmentSizes>(`/segments/${id}/sizes`, { query: { from: dayBefore(days - 1) } });
}

/** The day of UTC that many days ago. */
function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

import { MOST_SIZED, type SegmentSizes, type SizesOfSegments } from '@perennial/contracts';
import { useQueries } from '@tanstack/react-query';
import type { ApiProblem } from '../../api.ts';
import { readKey, useRead } from '../../app/data.ts';
import { useApi } from '../../app/session.ts';

/** Days that a sparkline and the chart show. */
export const SHOWN_DAYS = 30;

/** Sizes of a segment by day, the oldest first. */
export function useDaySizes(id: string, days = SHOWN_DAYS) {
  return useRead<SegmentSizes>(`/segments/${id}/sizes`, { query: { from: dayBefore(days - 1) } });
}

/** Sizes of some segments by day, by their IDs: asked for page by page, not one by one. */
export function useSizesOfSome(ids: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const api = useApi();
  const from = dayBefore(SHOWN_DAYS - 1);
  return useQueries({
    queries: pagesOf(ids).map((page) => {
      const query = { ids: page.join(','), from };
      return {
        queryKey: readKey(api.workspace, '/segments/sizes', query),
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          api.get<SizesOfSegments>('/segments/sizes', { query, signal }),
        staleTime: 60_000,
      };
    }),
    combine: sizesById,
  });
}

function pagesOf(ids: readonly string[]): string[][] {
  const pages = Math.ceil(ids.length / MOST_SIZED);
  return Array.from({ length: pages }, (_, page) =>
    ids.slice(page * MOST_SIZED, (page + 1) * MOST_SIZED),
  );
}

function sizesById(
  reads: readonly { data: SizesOfSegments | undefined; error: ApiProblem | Error | null }[],
): ReadonlyMap<string, readonly number[]> {
  const items = reads.flatMap(({ data }) => data?.items ?? []);
  return new Map(items.map(({ id, sizes }) => [id, sizes]));
}

/** The day of UTC that many days ago. */
function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

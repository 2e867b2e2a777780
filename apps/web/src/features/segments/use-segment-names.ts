import type { Segment } from '@perennial/contracts';
import { useCallback, useMemo } from 'react';
import { useList } from '../../app/data.ts';

/** Names of the workspace's lists by ID, for conditions; the ID if none has it. */
export function useSegmentNames(): (id: string) => string {
  const { items, loading } = useList<Pick<Segment, 'id' | 'name'>>('/segments', {
    query: { limit: 500 },
  });
  const names = useMemo(() => new Map(items.map(({ id, name }) => [id, name])), [items]);
  return useCallback((id) => names.get(id) ?? (loading ? '…' : id), [names, loading]);
}

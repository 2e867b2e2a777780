import type { PromoPool } from '@perennial/contracts';
import { useCallback, useMemo } from 'react';
import { useList } from '../../app/data.ts';

/** The name of a pool of promo codes, its ID if none has it. */
export function usePoolNames(): (id: string) => string {
  const { items, loading } = useList<PromoPool>('/promo_pools', { query: { limit: undefined } });
  const names = useMemo(() => new Map(items.map(({ id, name }) => [id, name])), [items]);
  return useCallback((id: string) => names.get(id) ?? (loading ? '…' : id), [names, loading]);
}

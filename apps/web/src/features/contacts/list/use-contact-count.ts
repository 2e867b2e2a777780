import type { ContactCount } from '@perennial/contracts';
import type { Page, Query } from '../../../api.ts';
import { useRead } from '../../../app/data.ts';

interface Counted {
  total: number | null | undefined;
  exact: boolean;
}

/**
 * How many a list has. A page knows it when it is the only one; else the number is asked for apart,
 * and may come after the rows.
 */
export function useContactCount(
  query: Query,
  first: Pick<Page<unknown>, 'total' | 'total_exact'> | undefined,
): Counted {
  const isMissing = first?.total === null;
  const count = useRead<ContactCount>('/contacts/count', { query, enabled: isMissing });
  const answer = isMissing ? count.data : first;
  return { total: answer?.total, exact: answer?.total_exact !== false };
}

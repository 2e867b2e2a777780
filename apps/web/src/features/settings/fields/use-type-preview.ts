import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Field, FieldTypeChange, FieldTypePreview } from '@perennial/contracts';
import type { ApiProblem } from '../../../api.ts';
import { readKey } from '../../../app/data.ts';
import { useApi } from '../../../app/session.ts';

/** What another type would make of the field's values; nothing is changed by asking. */
export function useTypePreview(
  field: Field,
  change: FieldTypeChange | undefined,
): UseQueryResult<FieldTypePreview, ApiProblem> {
  const api = useApi();
  const path = `/fields/${field.id}/type/preview`;
  return useQuery<FieldTypePreview, ApiProblem>({
    queryKey: [...readKey(api.workspace, path), change],
    queryFn: () => api.post<FieldTypePreview>(path, change),
    enabled: change !== undefined,
    // What workflows do, and what is stored, may have changed since.
    staleTime: 0,
    gcTime: 0,
  });
}

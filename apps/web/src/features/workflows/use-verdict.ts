import type { WorkflowVerdict } from '@perennial/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../../api.ts';
import { useApi } from '../../app/session.ts';

/** What publishing would say to this definition; the former verdict stays while a new one comes. */
export function useVerdict(definition: unknown, enabled: boolean) {
  const api = useApi();
  return useQuery<WorkflowVerdict, ApiProblem>({
    queryKey: [api.workspace, 'verdict', definition],
    queryFn: ({ signal }) =>
      api.post<WorkflowVerdict>('/workflows/validate', { definition }, { signal }),
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 30_000,
    retry: false,
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiProblem } from '../api.ts';
import { useApi } from './session.ts';

/** Ends the session here and on the server; what was read is forgotten. */
export function useLogOut() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation<unknown, ApiProblem>({
    mutationFn: () => api.delete('/session'),
    onSettled: () => {
      queries.clear();
      window.location.assign('/login');
    },
  });
}

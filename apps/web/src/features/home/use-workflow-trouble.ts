import type { WorkflowListItem, WorkflowStats } from '@perennial/contracts';
import { useQueries } from '@tanstack/react-query';
import { readKey, useList } from '../../app/data.ts';
import { useApi } from '../../app/session.ts';

export interface WorkflowTrouble {
  workflow: WorkflowListItem;
  /** Runs that failed today (UTC, as the server counts); 0: the draft waits to be published. */
  failed: number;
}

/** Active workflows whose runs failed today, and those with changes that are not published. */
export function useWorkflowTrouble(): WorkflowTrouble[] {
  const api = useApi();
  const { items } = useList<WorkflowListItem>('/workflows', { query: { limit: 500 } });
  const live = items.filter((workflow) => workflow.state === 'active');
  const query = { from: `${new Date().toISOString().slice(0, 10)}T00:00:00Z` };
  const stats = useQueries({
    queries: live.map(({ id }) => ({
      queryKey: readKey(api.workspace, `/workflows/${id}/stats`, query),
      queryFn: () => api.get<WorkflowStats>(`/workflows/${id}/stats`, { query }),
      refetchInterval: 30_000,
    })),
  });
  const failed = live
    .map((workflow, index) => ({ workflow, failed: stats[index]?.data?.failed ?? 0 }))
    .filter((each) => each.failed > 0);
  const drafts = items
    .filter((workflow) => workflow.changed && workflow.published_version !== null)
    .filter((workflow) => workflow.state !== 'archived')
    .map((workflow) => ({ workflow, failed: 0 }));
  return [...failed, ...drafts];
}

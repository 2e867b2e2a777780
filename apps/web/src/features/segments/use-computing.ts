import { notifications } from '@mantine/notifications';
import type { Job, SegmentDetail } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';

interface Computing {
  /** Finds the members anew. */
  begin: () => void;
  /** Gives up what is under way; undefined where nothing is. */
  cancel: (() => void) | undefined;
  isPending: boolean;
}

/** Computes a segment anew, or stops doing so. */
export function useComputing({ id, name, computing }: SegmentDetail): Computing {
  const t = useText();
  const showProblem = useShowProblem();
  const recompute = useChange(
    (api) => api.post<Job>(`/segments/${id}/recompute`),
    ['/segments', '/jobs'],
  );
  const stop = useChange(
    (api, job: string) => api.post(`/jobs/${job}/cancel`),
    ['/segments', '/jobs'],
  );
  const job = computing?.job;
  return {
    begin: () =>
      recompute.mutate(undefined, {
        onError: showProblem,
        // How far it is stands on the page itself; the tray would open over it at the end.
        onSuccess: () => {
          notifications.show({ message: t('segments.recompute.begun', { name }) });
        },
      }),
    cancel: job ? () => stop.mutate(job, { onError: showProblem }) : undefined,
    isPending: recompute.isPending || stop.isPending,
  };
}

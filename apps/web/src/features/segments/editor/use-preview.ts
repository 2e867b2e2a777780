import { useDebouncedValue } from '@mantine/hooks';
import type { SegmentPreview } from '@perennial/contracts';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { useApi } from '../../../app/session.ts';
import type { Trial } from './use-trial.ts';

/** How long a rule rests before it is asked for. */
const REST_MS = 350;

export interface Preview {
  read: UseQueryResult<SegmentPreview, ApiProblem>;
  /** Whether the answer is of the rule as it stands now. */
  isCurrent: boolean;
  /** Gives the count up that is under way: the server's too. */
  stop: () => void;
  /** Whether the count was given up by hand. */
  isStopped: boolean;
}

/**
 * Who would be in a segment by a rule: counted exactly, given up when the rule changes. Undefined
 * is a rule that cannot be asked for. One that takes values from an event waits for the event that it
 * is tried with.
 */
export function usePreview(
  definition: unknown,
  segment: string | undefined,
  { paths, content }: Pick<Trial, 'paths' | 'content'>,
): Preview {
  const api = useApi();
  const queries = useQueryClient();
  const text = definition === undefined ? undefined : JSON.stringify(definition);
  const [asked] = useDebouncedValue(text, REST_MS);
  const queryKey = [api.workspace, 'segment-preview', asked, segment, content];
  const isReady = paths.length === 0 || content !== undefined;
  const read = useQuery<SegmentPreview, ApiProblem>({
    queryKey,
    queryFn: ({ signal }) =>
      api.post<SegmentPreview>(
        '/segments/preview',
        {
          definition: JSON.parse(asked!) as unknown,
          ...(segment && { segment }),
          ...(content && { event: content }),
        },
        { signal },
      ),
    enabled: asked !== undefined && asked === text && isReady,
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  });
  const isCurrent = asked === text;
  return {
    read,
    isCurrent,
    stop: () => void queries.cancelQueries({ queryKey }),
    isStopped: isCurrent && isReady && read.isPending && read.fetchStatus === 'idle',
  };
}

import type { SegmentExplanation, TrialEvent } from '@perennial/contracts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { useRead } from '../../../app/data.ts';
import { useApi } from '../../../app/session.ts';

/** Why a contact is in a segment as it is saved; read again while it is looked at. */
export function useExplanation(segment: string, contact: string | null) {
  return useRead<SegmentExplanation>(`/segments/${segment}/explain`, {
    query: { contact },
    enabled: contact !== null,
    every: 10_000,
  });
}

/** Why a contact would be in a segment by a rule that was not saved, if that event came. */
export function useDraftExplanation(
  definition: unknown,
  contact: string | null,
  segment: string | undefined,
  { paths, content }: { paths: readonly string[]; content: TrialEvent | undefined },
): UseQueryResult<SegmentExplanation, ApiProblem> {
  const api = useApi();
  return useQuery<SegmentExplanation, ApiProblem>({
    queryKey: [api.workspace, 'segment-explain', definition, contact, segment, content],
    queryFn: ({ signal }) =>
      api.post<SegmentExplanation>(
        '/segments/explain',
        { definition, contact, ...(segment && { segment }), ...(content && { event: content }) },
        { signal },
      ),
    enabled:
      contact !== null && definition !== undefined && (paths.length === 0 || content !== undefined),
    retry: false,
  });
}

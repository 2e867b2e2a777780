import { useDebouncedValue } from '@mantine/hooks';
import type { SegmentPreview } from '@perennial/contracts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { useApi } from '../../../app/session.ts';

/** How long a rule rests before it is asked for. */
const REST_MS = 350;

export interface Preview {
  read: UseQueryResult<SegmentPreview, ApiProblem>;
  /** Whether the answer is of the rule as it stands now. */
  isCurrent: boolean;
}

/**
 * Who would be in a segment by a rule: counted exactly, given up when the rule changes. Undefined
 * is a rule that cannot be asked for.
 */
export function usePreview(definition: unknown, segment: string | undefined): Preview {
  const api = useApi();
  const text = definition === undefined ? undefined : JSON.stringify(definition);
  const [asked] = useDebouncedValue(text, REST_MS);
  const read = useQuery<SegmentPreview, ApiProblem>({
    queryKey: [api.workspace, 'segment-preview', asked, segment],
    queryFn: ({ signal }) =>
      api.post<SegmentPreview>(
        '/segments/preview',
        { definition: JSON.parse(asked!) as unknown, ...(segment && { segment }) },
        { signal },
      ),
    enabled: asked !== undefined && asked === text,
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  });
  return { read, isCurrent: asked === text };
}

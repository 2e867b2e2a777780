import type { MessagePreview } from '@perennial/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { useApi } from '../../../app/session.ts';

interface Pictured {
  id: string;
  version: number;
  default_language: string;
}

const HALF_HOUR_MS = 30 * 60_000;

/** A saved version as rendered for nobody in particular. Versions never change: it is asked for once. */
export function usePicture({ id, version, default_language: language }: Pictured, enabled = true) {
  const api = useApi();
  return useQuery<MessagePreview, ApiProblem>({
    queryKey: [api.workspace, 'pictures', id, version, language],
    queryFn: ({ signal }) =>
      api.post<MessagePreview>(`/messages/${id}/preview`, { language }, { signal }),
    enabled,
    staleTime: Infinity,
    gcTime: HALF_HOUR_MS,
    retry: false,
  });
}

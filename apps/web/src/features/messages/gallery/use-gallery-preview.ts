import type { MessagePreview } from '@perennial/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { useApi } from '../../../app/session.ts';

interface Asked {
  itemKey: string;
  channel: string;
  language: string;
}

/** An entry of the gallery with made-up data. It comes with the program and does not change. */
export function useGalleryPreview({ itemKey, channel, language }: Asked, enabled = true) {
  const api = useApi();
  return useQuery<MessagePreview, ApiProblem>({
    queryKey: [api.workspace, 'gallery-pictures', itemKey, channel, language],
    queryFn: ({ signal }) =>
      api.get<MessagePreview>(`/message_gallery/${itemKey}/preview`, {
        query: { channel, language },
        signal,
      }),
    staleTime: Infinity,
    enabled,
  });
}

import { useDebouncedValue } from '@mantine/hooks';
import type { MessagePreview } from '@perennial/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { useApi } from '../../../app/session.ts';
import type { MessageContent } from '../message.ts';

interface PreviewRequest {
  messageId: string;
  language: string;
  content: MessageContent;
  contact: string | null;
}

/** The draft as rendered by the server, shortly after typing pauses. */
export function usePreview(request: PreviewRequest) {
  const api = useApi();
  const [asked] = useDebouncedValue(request, 350);
  const { messageId, language, content, contact } = asked;
  return useQuery<MessagePreview, ApiProblem>({
    queryKey: [api.workspace, 'preview', asked],
    queryFn: ({ signal }) =>
      api.post<MessagePreview>(
        `/messages/${messageId}/preview`,
        { language, content, ...(contact ? { contact } : {}) },
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

import { useDebouncedValue } from '@mantine/hooks';
import type { MessagePreview, Personalisation, TemplateProblemView } from '@perennial/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { useApi } from '../../../app/session.ts';
import { toSave } from '../message-draft.ts';
import type { MessageContent } from '../message.ts';
import { isUnfilled } from '../unfilled.ts';
import type { EventParams } from './event/event-choice.ts';

interface PreviewRequest {
  messageId: string;
  language: string;
  content: MessageContent;
  personalisation: Personalisation;
  contact: string | null;
  /** Parameters of the event that it is filled in with. */
  event?: EventParams | undefined;
  /** Which of several subjects; default: the first. */
  subject?: number;
}

/** `unfilled`: where it is nothing was written yet, in what was looked at. */
export type DraftProblem = TemplateProblemView & { unfilled: boolean };

export interface DraftPreview extends MessagePreview {
  problems: DraftProblem[];
}

/** The draft as rendered by the server, shortly after typing pauses. */
export function usePreview(request: PreviewRequest) {
  const api = useApi();
  const [asked] = useDebouncedValue(request, 350);
  const { messageId, language, content, contact, event, subject = 0 } = asked;
  const personalisation = toSave(asked.personalisation);
  // Somebody made up has nothing, and would get no message that asks for something.
  if (!contact) personalisation.on_missing = 'empty';
  return useQuery<DraftPreview, ApiProblem>({
    queryKey: [api.workspace, 'preview', asked],
    queryFn: async ({ signal }) => {
      const preview = await api.post<MessagePreview>(
        `/messages/${messageId}/preview`,
        { language, content, subject, personalisation, event, ...(contact ? { contact } : {}) },
        { signal },
      );
      const problems = preview.problems.map((problem) => ({
        ...problem,
        unfilled: isUnfilled(content, problem.path),
      }));
      return { ...preview, problems };
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

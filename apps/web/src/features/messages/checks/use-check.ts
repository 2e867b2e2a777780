import { useDebouncedValue } from '@mantine/hooks';
import type { MessageCheckResult } from '@perennial/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { useApi } from '../../../app/session.ts';
import type { MessageContent } from '../message.ts';

/** What is looked at: the draft, as the editor has it. */
export interface CheckedDraft {
  content: Record<string, MessageContent>;
  default_language: string;
  categories: readonly string[];
}

/** More of them take longer than a pause in typing. */
export const MOST_AT_ONCE = 3;

/** The findings of a draft, shortly after typing pauses. */
export function useCheck({
  messageId,
  draft,
  language,
}: {
  messageId: string;
  draft: CheckedDraft;
  language: string;
}) {
  const api = useApi();
  const [asked] = useDebouncedValue(draft, 800);
  const languages = languagesOf(asked, language);
  return useQuery<MessageCheckResult, ApiProblem>({
    queryKey: [api.workspace, 'check', messageId, asked, languages],
    queryFn: ({ signal }) =>
      api.post<MessageCheckResult>(
        `/messages/${messageId}/check`,
        { ...requestOf(asked), ...(languages && { languages }) },
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** Only what the call takes: a draft holds more. */
export function requestOf({ content, default_language, categories }: CheckedDraft): CheckedDraft {
  return { content, default_language, categories };
}

function languagesOf({ content }: CheckedDraft, shown: string): string[] | undefined {
  return Object.keys(content).length > MOST_AT_ONCE ? [shown] : undefined;
}

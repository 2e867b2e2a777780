import { useDebouncedValue } from '@mantine/hooks';
import type { ContentBlock, ContentBlockPreview } from '@perennial/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../../api.ts';
import { useApi } from '../../app/session.ts';
import type { DraftProblem } from '../messages/preview/use-preview.ts';
import type { MessageContent } from '../messages/message.ts';
import { isUnfilled } from '../messages/unfilled.ts';
import type { BlockDraft } from './block-draft.ts';
import { partProblems } from './part-problems.ts';

export type BlockPreview = ReturnType<typeof useBlockPreview>;

/** The draft as the server renders it, shortly after typing pauses, and what is wrong with its parts. */
export function useBlockPreview(block: ContentBlock, { content }: BlockDraft, language: string) {
  const api = useApi();
  const [asked] = useDebouncedValue({ content, language }, 350);
  const query = useQuery<ContentBlockPreview, ApiProblem>({
    queryKey: [api.workspace, 'block-preview', block.id, block.version, asked],
    queryFn: ({ signal }) =>
      api.post<ContentBlockPreview>(`/content_blocks/${block.id}/preview`, asked, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  const found = query.error ? partProblems(query.error, language) : query.data?.problems;
  const problems = found?.map((problem): DraftProblem => ({
    ...problem,
    unfilled: isUnfilled({ ...asked.content[language] } as MessageContent, problem.path),
  }));
  // Of what is refused as a whole the parts have nothing to say.
  const failure = query.error && problems?.length === 0 ? query.error : null;
  return { ...query, problems, failure };
}

import { useDebouncedValue } from '@mantine/hooks';
import { PAGE_NAMES, type PageLanguage, type PagePreview } from '@perennial/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../../api.ts';
import { useApi } from '../../app/session.ts';
import { reasonsToSave, type PagesDraft } from './pages-draft.ts';

export type PageName = (typeof PAGE_NAMES)[number];

interface PreviewRequest {
  draft: PagesDraft;
  page: PageName;
  language: PageLanguage;
  scheme: 'light' | 'dark';
  /** A new logo is a new page. */
  logo: string;
}

/** The page as written by the server, shortly after typing pauses. */
export function usePagePreview(request: PreviewRequest) {
  const api = useApi();
  const [asked] = useDebouncedValue(request, 250);
  const { draft, page, language, scheme } = asked;
  return useQuery<PagePreview, ApiProblem>({
    queryKey: [api.workspace, 'page-preview', asked],
    queryFn: ({ signal }) => {
      const { theme, texts, reasons } = draft;
      const body = { page, language, scheme, theme, texts, reasons: reasonsToSave(reasons) };
      return api.post<PagePreview>('/recipient_pages/preview', body, { signal });
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

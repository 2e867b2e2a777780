import type { Field, SegmentVocabulary } from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../api.ts';
import { useList, useRead } from '../../app/data.ts';
import { valueWord } from '../contacts/value-words.ts';
import { vocabularyOf, type Vocabulary } from './vocabulary.ts';
import { withLooks } from './with-looks.ts';

export interface VocabularyRead {
  /** Undefined until it is there. */
  vocabulary: Vocabulary | undefined;
  error: ApiProblem | null;
  retry: () => unknown;
}

/** What conditions can name in this workspace. */
export function useVocabulary(): VocabularyRead {
  const intl = useIntl();
  const channel = useChannelName();
  const { data, error, refetch } = useRead<SegmentVocabulary>('/segments/vocabulary');
  const { items: fields } = useList<Field>('/fields', { query: { limit: 500 } });
  const vocabulary = useMemo(() => {
    if (!data) return undefined;
    const say = { channel, value: (of: string, value: string) => valueWord(of, value, intl) };
    return withLooks(vocabularyOf(data, say), fields);
    // The names of channels come from the catalogue alone, as the rest of `intl` does.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [data, fields, intl]);
  return { vocabulary, error, retry: refetch };
}

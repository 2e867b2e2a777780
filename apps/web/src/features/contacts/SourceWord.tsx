import { useIntl } from 'react-intl';
import { sourceWord } from './value-words.ts';

/** What something came by, as people say it. */
export function SourceWord({ source }: { source: string }) {
  return sourceWord(source, useIntl());
}

import type { CategoryTranslations } from '@perennial/contracts';

/** Words by language as somebody writes them: some may be empty yet. */
export type DraftTranslations = Record<
  string,
  { name?: string | undefined; description?: string | undefined }
>;

/** Without the words that are not written, and without the languages that have none. */
export function writtenTranslations(draft: DraftTranslations): CategoryTranslations {
  const written = Object.entries(draft).map(([tag, words]) => [tag, writtenWords(words)] as const);
  return Object.fromEntries(written.filter(([, words]) => Object.keys(words).length > 0));
}

function writtenWords(words: DraftTranslations[string]): CategoryTranslations[string] {
  const trimmed = Object.entries(words).map(([part, text = '']) => [part, text.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''));
}

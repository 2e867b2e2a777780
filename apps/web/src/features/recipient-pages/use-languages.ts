import { PAGE_LANGUAGES, type PageLanguage } from '@perennial/contracts';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';

/** The languages of the pages by name, in the reader's alphabet. */
export function useLanguages(): { value: PageLanguage; label: string }[] {
  const { formatDisplayName, locale } = useIntl();
  return useMemo(
    () =>
      PAGE_LANGUAGES.map((value) => ({
        value,
        label: formatDisplayName(value, { type: 'language' }) ?? value,
      })).sort((a, b) => a.label.localeCompare(b.label, locale)),
    [formatDisplayName, locale],
  );
}

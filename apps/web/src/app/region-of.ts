/** The first tag that is one: some systems say `en-US@posix`, which the formatters refuse. */
export function usableFormat(tags: readonly string[]): string {
  return tags.find(isLanguageTag) ?? 'en-GB';
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/**
 * How dates and numbers look for a user: a bare language (`en`) says nothing about them, so the
 * browser decides until a region is chosen.
 */
export function formatOf(locale: string | undefined, browser: string): string {
  return locale?.includes('-') && isLanguageTag(locale) ? locale : browser;
}

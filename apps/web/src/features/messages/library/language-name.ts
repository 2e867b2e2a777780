const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** `uk` is Ukrainian; a tag that nobody knows is itself. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

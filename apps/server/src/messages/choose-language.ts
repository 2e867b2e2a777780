/**
 * Which language of a message somebody gets: the first of `wanted` that it has, each by look-up
 * from the particular to the general (RFC 4647 §3.4: `pt-BR`, then `pt`), else the default.
 */
export function chooseLanguage({
  languages,
  wanted,
  fallback,
}: {
  languages: readonly string[];
  wanted: readonly (string | null | undefined)[];
  fallback: string;
}): string {
  const byLower = new Map(languages.map((language) => [language.toLowerCase(), language]));
  for (const language of wanted) {
    const found = language && lookUp(byLower, language.replaceAll('_', '-').toLowerCase());
    if (found) return found;
  }
  return fallback;
}

function lookUp(languages: Map<string, string>, wanted: string): string | undefined {
  for (
    let range = wanted;
    range !== '';
    range = range.slice(0, Math.max(0, range.lastIndexOf('-')))
  ) {
    const found = languages.get(range);
    if (found) return found;
  }
  return undefined;
}

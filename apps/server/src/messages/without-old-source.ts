import type { JsonObject } from '../inbox/index.ts';

/**
 * The page that another program edits goes with the body that came with it: where the body was changed
 * and it was not, it is of a body that is there no more.
 */
export function withoutOldSource(
  content: Record<string, JsonObject>,
  before: Record<string, JsonObject>,
): Record<string, JsonObject> {
  return Object.fromEntries(
    Object.entries(content).map(([language, now]) => {
      const then = before[language];
      if (now['raw_html'] === undefined || now['raw_html'] !== then?.['raw_html'])
        return [language, now];
      if (now['html'] === then['html'] && now['mjml'] === then['mjml']) return [language, now];
      const { raw_html: _old, ...rest } = now;
      return [language, rest];
    }),
  );
}

import type { JsonObject } from '../inbox/index.ts';

const WAYS_OUT = ['unsubscribe_url', 'preferences_url'];

/**
 * Languages of an e-mail in which nothing leads to the page where one says no. What was compiled has
 * the link of a shared block, which the draft only names.
 */
export function languagesWithoutWayOut(
  content: Record<string, JsonObject>,
  compiled: Record<string, object>,
): string[] {
  return Object.entries(content)
    .filter(([language, draft]) => {
      const texts = JSON.stringify([draft, compiled[language]]);
      return !WAYS_OUT.some((name) => texts.includes(name));
    })
    .map(([language]) => language);
}

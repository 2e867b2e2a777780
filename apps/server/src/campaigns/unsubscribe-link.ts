import type { JsonObject } from '../inbox/index.ts';

const WAYS_OUT = ['unsubscribe_url', 'preferences_url'];

/** Languages of an e-mail in which nothing leads to the page where one says no. */
export function languagesWithoutWayOut(content: Record<string, JsonObject>): string[] {
  return Object.entries(content)
    .filter(([, draft]) => !WAYS_OUT.some((name) => JSON.stringify(draft).includes(name)))
    .map(([language]) => language);
}

import { z } from 'zod';
import type { Personalisation } from './personalisation.ts';

/** One thing that two versions of a message do differently where they cannot be filled in. */
export const personalisationDifferenceSchema = z
  .object({
    rule: z.enum(['on_missing', 'on_fetch_failure', 'fallback']),
    variable: z.string().nullable().describe('Of a fallback: what it stands in for.'),
    language: z.string().nullable().describe('Of a fallback: its language.'),
    before: z.string().nullable().describe('Null: there was no fallback.'),
    after: z.string().nullable().describe('Null: there is none any more.'),
  })
  .meta({ id: 'PersonalisationDifference' });
export type PersonalisationDifference = z.input<typeof personalisationDifferenceSchema>;

/** Choices first, then fallbacks by variable and language. */
export function personalisationDifferences(
  before: Personalisation,
  after: Personalisation,
): PersonalisationDifference[] {
  const choices = (['on_missing', 'on_fetch_failure'] as const).map((rule) => ({
    rule,
    variable: null,
    language: null,
    before: before[rule],
    after: after[rule],
  }));
  return [...choices, ...fallbackPairs(before, after)].filter((each) => each.before !== each.after);
}

function fallbackPairs(
  { fallbacks: before }: Personalisation,
  { fallbacks: after }: Personalisation,
): PersonalisationDifference[] {
  return namesOf(before, after).flatMap((variable) =>
    namesOf(before[variable], after[variable]).map((language) => ({
      rule: 'fallback' as const,
      variable,
      language,
      before: before[variable]?.[language] ?? null,
      after: after[variable]?.[language] ?? null,
    })),
  );
}

function namesOf(before: object = {}, after: object = {}): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
}

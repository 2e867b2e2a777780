import { expect, test } from 'vitest';
import type { Personalisation } from './personalisation.ts';
import { personalisationDifferences } from './personalisation-changes.ts';

const usual: Personalisation = { on_missing: 'empty', fallbacks: {}, on_fetch_failure: 'retry' };

test('the same in another order is no difference', () => {
  const one = { a: { en: 'x', uk: 'y' }, b: { en: 'z' } };
  const other = { b: { en: 'z' }, a: { uk: 'y', en: 'x' } };
  expect(
    personalisationDifferences({ ...usual, fallbacks: one }, { ...usual, fallbacks: other }),
  ).toEqual([]);
});

test('choices and fallbacks are told apart, by variable and language', () => {
  const before: Personalisation = {
    ...usual,
    fallbacks: { 'contact.city': { en: 'town' }, 'contact.first_name': { en: 'friend' } },
  };
  const after: Personalisation = {
    on_missing: 'dont_send',
    on_fetch_failure: 'retry',
    fallbacks: { 'contact.first_name': { en: 'you', uk: 'друже' } },
  };
  expect(personalisationDifferences(before, after)).toEqual([
    { rule: 'on_missing', variable: null, language: null, before: 'empty', after: 'dont_send' },
    { rule: 'fallback', variable: 'contact.city', language: 'en', before: 'town', after: null },
    {
      rule: 'fallback',
      variable: 'contact.first_name',
      language: 'en',
      before: 'friend',
      after: 'you',
    },
    {
      rule: 'fallback',
      variable: 'contact.first_name',
      language: 'uk',
      before: null,
      after: 'друже',
    },
  ]);
});

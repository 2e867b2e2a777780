import { expect, test } from 'vitest';
import { versionChanges } from './version-changes.ts';

const en = { subject: 'Hi', html: '<p>1</p>' };

test.each([
  ['nothing', { en }, { en: { html: '<p>1</p>', subject: 'Hi' } }, []],
  [
    'a field',
    { en },
    { en: { ...en, subject: 'Hello' } },
    [{ language: 'en', change: 'changed', fields: ['subject'] }],
  ],
  [
    'a field more and one less',
    { en },
    { en: { subject: 'Hi', mjml: '<mjml/>' } },
    [{ language: 'en', change: 'changed', fields: ['html', 'mjml'] }],
  ],
  [
    'a language more and one less',
    { en },
    { uk: en },
    [
      { language: 'en', change: 'removed', fields: [] },
      { language: 'uk', change: 'added', fields: [] },
    ],
  ],
])('%s', (_what, before, after, changes) => {
  expect(versionChanges(before, after)).toEqual(changes);
});

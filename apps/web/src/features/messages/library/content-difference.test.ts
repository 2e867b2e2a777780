import { expect, test } from 'vitest';
import { contentDifference } from './content-difference.ts';

test('says by language and field what differs, and how to compare it', () => {
  const before = {
    en: { subject: 'Hi', mjml: '<mjml/>', same: 'x', buttons: [{ text: 'Go' }] },
    de: { text: 'Hallo' },
  };
  const after = {
    en: { subject: 'Hello', mjml: '<mjml></mjml>', same: 'x', buttons: [] },
    uk: { text: 'Вітаю' },
  };
  expect(contentDifference(before, after)).toEqual([
    { language: 'de', fields: [{ name: 'text', kind: 'words', before: 'Hallo', after: '' }] },
    {
      language: 'en',
      fields: [
        { name: 'subject', kind: 'words', before: 'Hi', after: 'Hello' },
        {
          name: 'buttons',
          kind: 'json',
          before: JSON.stringify([{ text: 'Go' }], null, 2),
          after: '[]',
        },
        { name: 'mjml', kind: 'html', before: '<mjml/>', after: '<mjml></mjml>' },
      ],
    },
    { language: 'uk', fields: [{ name: 'text', kind: 'words', before: '', after: 'Вітаю' }] },
  ]);
});

test('equal contents do not differ', () => {
  expect(contentDifference({ en: { text: 'Hi' } }, { en: { text: 'Hi' } })).toEqual([]);
});

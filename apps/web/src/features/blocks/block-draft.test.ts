import { expect, test } from 'vitest';
import { changeBetween, includeOf, keyFrom, withPart } from './block-draft.ts';

const draft = { name: 'Footer', default_language: 'en', content: { en: { html: 'a', text: 'b' } } };

test('a part is changed, added and taken out without touching the others', () => {
  const change = (part: 'mjml' | 'html', text: string | undefined) =>
    withPart(draft, { language: 'en', part, text }).content['en'];
  expect(change('html', 'c')).toEqual({ html: 'c', text: 'b' });
  expect(change('mjml', 'c')).toEqual({ html: 'a', text: 'b', mjml: 'c' });
  expect(change('html', undefined)).toEqual({ text: 'b' });
});

test('only what differs is sent', () => {
  expect(changeBetween(draft, draft)).toBeNull();
  expect(changeBetween(draft, { ...draft, name: 'Foot' })).toEqual({ name: 'Foot' });
});

test.each([
  ['Footer of all mails!', 'footer-of-all-mails'],
  ['  Zoë ', 'zoe'],
  ['Підвал', ''],
])('the key of %j is %j', (name, key) => {
  expect(keyFrom(name)).toBe(key);
});

test('messages name it in quotes', () => {
  expect(includeOf({ key: 'footer', parameters: [] })).toBe("{% include 'footer' %}");
  expect(includeOf({ key: 'button', parameters: ['label', 'url'] })).toBe(
    "{% include 'button', label: '', url: '' %}",
  );
});

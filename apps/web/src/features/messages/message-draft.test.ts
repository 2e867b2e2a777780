import { expect, test } from 'vitest';
import {
  changeBetween,
  languagesOf,
  withContent,
  withLanguage,
  withoutLanguage,
  type MessageDraft,
} from './message-draft.ts';

const draft: MessageDraft = {
  name: 'Welcome',
  default_language: 'en',
  categories: [],
  sending: { priority: 'normal', send_hours: 'workspace', ttl: null, addresses: null },
  personalisation: { on_missing: 'empty', fallbacks: {}, on_fetch_failure: 'retry' },
  content: { en: { text: 'Hi' }, de: { text: 'Hallo' } },
};

test('a new language starts as a copy of the default one', () => {
  expect(withLanguage(draft, 'uk').content.uk).toEqual({ text: 'Hi' });
});

test('adding a language that is there keeps what was written', () => {
  expect(withLanguage(draft, 'de')).toBe(draft);
});

test('the default language cannot be taken out, another can', () => {
  expect(withoutLanguage(draft, 'en')).toBe(draft);
  expect(Object.keys(withoutLanguage(draft, 'de').content)).toEqual(['en']);
});

test('the default language leads, the others follow by tag', () => {
  expect(languagesOf({ ...withLanguage(draft, 'ar'), default_language: 'de' })).toEqual([
    'de',
    'ar',
    'en',
  ]);
});

test('only what differs is sent, and nothing when nothing differs', () => {
  expect(changeBetween(draft, { ...draft })).toBeNull();
  const edited = withContent(draft, 'en', { text: 'Hello' });
  expect(changeBetween(draft, edited)).toEqual({ content: edited.content });
  expect(changeBetween(draft, { ...draft, name: 'Hi' })).toEqual({ name: 'Hi' });
});

test('a member that was written last is none the newer for coming back first', () => {
  const edited = withContent(draft, 'en', { text: 'Hi', amp: '<html ⚡4email>' });
  const saved = withContent(draft, 'en', { amp: '<html ⚡4email>', text: 'Hi' });
  expect(changeBetween(saved, edited)).toBeNull();
});

test('categories are a change only if they are others', () => {
  const saved = { ...draft, categories: ['news', 'offers'] };
  expect(changeBetween(saved, { ...saved, categories: ['offers', 'news'] })).toBeNull();
  expect(changeBetween(saved, { ...saved, categories: ['news'] })).toEqual({
    categories: ['news'],
  });
});

test('a fallback that says nothing yet is no change', () => {
  const { personalisation } = draft;
  const begun = { ...personalisation, fallbacks: { 'contact.first_name': {} } };
  expect(changeBetween(draft, { ...draft, personalisation: begun })).toBeNull();
  const written = { ...personalisation, fallbacks: { 'contact.first_name': { en: 'you' } } };
  expect(changeBetween(draft, { ...draft, personalisation: written })).toEqual({
    personalisation: written,
  });
});

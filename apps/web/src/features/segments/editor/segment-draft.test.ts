import { expect, test } from 'vitest';
import { addCard } from './board-commands.ts';
import { EMPTY_BOARD } from './board.ts';
import { asCards, asCode, contentOf, documentOf, EMPTY_DOCUMENT } from './segment-document.ts';
import { draftText, isSameDraft, readDraft, type KeptDraft } from './segment-draft.ts';

const city = { type: 'field', field: 'city', op: 'equals', value: 'Kyiv' };
const rule = { language: 1, include: { any: [city, { not: city }] } };
const deep = { language: 1, include: { not: { all: [{ any: [city, city] }, city] } } };

const draft: KeptDraft = {
  document: documentOf(rule),
  name: 'Runners',
  purpose: '',
  tags: ['Sport'],
  at: '2026-05-01T10:00:00Z',
  version: 3,
};

test('a draft is read as it was kept', () => {
  expect(readDraft(draftText(draft))).toEqual(draft);
  const code: KeptDraft = { ...draft, document: { kind: 'code', text: '{ "lang' } };
  expect(readDraft(draftText(code))).toEqual(code);
});

test.each([
  null,
  '',
  '5',
  'null',
  '{}',
  '{"document":{"kind":"cards"}}',
  draftText(draft).replace('Runners"', 'R","tags":5,"x":"'),
])('%j is no draft', (text) => {
  expect(readDraft(text)).toBeUndefined();
});

test('drafts are the same by what they say', () => {
  const again = { ...draft, document: documentOf(structuredClone(rule)) };
  expect(isSameDraft(draft, again)).toBe(true);
  expect(isSameDraft(draft, { ...again, name: 'Joggers' })).toBe(false);
  expect(isSameDraft(draft, { ...again, document: documentOf(deep) })).toBe(false);
});

test('a rule is cards where they can show it, else JSON', () => {
  expect(documentOf(rule).kind).toBe('cards');
  const code = documentOf(deep);
  expect(code.kind).toBe('code');
  expect(contentOf(code).definition).toEqual(deep);
  expect(asCards(code)).toBeUndefined();
  expect(documentOf(null)).toEqual(EMPTY_DOCUMENT);
});

test('cards become JSON and JSON cards', () => {
  const cards = documentOf(rule);
  const code = asCode(cards);
  expect(contentOf(code).definition).toEqual(rule);
  expect(asCards(code)).toEqual(cards);
  expect(asCode(code)).toBe(code);
});

test('a text that is no JSON says where it stops being one', () => {
  const { definition, syntax } = contentOf({ kind: 'code', text: '{ "language": 1,, }' });
  expect(definition).toBeUndefined();
  expect(syntax?.at).toBe(16);
  expect(asCards({ kind: 'code', text: '{' })).toBeUndefined();
});

test('a card that was added is in the rule', () => {
  const document = { kind: 'cards', board: addCard(EMPTY_BOARD, 'include', city) } as const;
  expect(contentOf(document).definition).toEqual({ language: 1, include: city });
});

test('JSON of a rule reads in the order of the language, however the database keeps it', () => {
  const kept = {
    exclude: city,
    include: { op: 'is_set', field: 'city', type: 'field' },
    language: 1,
  };
  const code = asCode({ kind: 'code', text: JSON.stringify(kept) });
  expect(code).toMatchObject({ text: JSON.stringify(kept) });
  const shown = documentOf({ ...kept, exclude: deep.include });
  const keys = (value: object) => Object.keys(value);
  const definition = contentOf(shown).definition as typeof kept;
  expect(keys(definition)).toEqual(['language', 'include', 'exclude']);
  expect(keys(definition.include)).toEqual(['type', 'field', 'op']);
});
